import type { PictureWords } from '../words';

export const en: PictureWords = {
  frame: { table: 'The same as a table', csv: 'Download as CSV', today: 'today', none: 'nothing' },
  quota: {
    name: 'Places of the quota', used: 'Used by permits in force', held: 'Held for applications', free: 'Free',
    reserve: 'Not yet given to a region', limit: 'In all', kind: 'What', places: 'Places', empty: 'There is no quota here.',
    sentence: (say, { limit, used, held, free, reserve = 0 }) =>
      `Of ${say.number(limit)} ${say.plural(limit, 'place', 'places')} ${say.number(used)} ${used === 1 ? 'is' : 'are'} used, ` +
      `${say.number(held)} ${held === 1 ? 'is' : 'are'} held for applications and ${say.number(free)} ${free === 1 ? 'is' : 'are'} free` +
      (reserve > 0 ? `; ${say.number(reserve)} more ${reserve === 1 ? 'waits' : 'wait'} in the reserve.` : '.'),
  },
  gauge: {
    name: 'Share of local staff', local: 'Local staff', foreign: 'Foreign staff', least: 'Least share', group: 'Who', people: 'People',
    atLeast: (say, least) => `at least ${say.percent(least, 100)}`,
    sentence: (say, { local, foreign, least, mayHire }) =>
      `${say.percent(local, local + foreign)} of these ${say.number(local + foreign)} people are local; the law asks for at least ` +
      `${say.percent(least, 100)}.` +
      (mayHire === undefined ? '' : mayHire > 0 ? ` You may hire ${say.number(mayHire)} more from abroad.` : ' You may hire nobody more from abroad.'),
    nobody: 'Nobody works in this group yet.',
  },
  expiry: {
    name: 'What runs out, and when', what: 'What', until: 'Until', left: 'Days left', past: 'has run out',
    days: (say, n) => `${say.number(n)} ${say.plural(n, 'day', 'days')}`,
    sentence: (say, { count, soon, past, next }) =>
      `${say.number(count)} ${say.plural(count, 'item', 'items')}: ${say.number(past)} ${past === 1 ? 'has' : 'have'} run out, ` +
      `${say.number(soon)} ${soon === 1 ? 'runs' : 'run'} out within 30 days` + (next ? `; the next is ${next.label}, ${say.date(next.until)}.` : '.'),
    empty: 'Nothing here runs out.',
  },
  stay: {
    name: 'Days in the country', present: 'In the country', planned: 'Planned', away: 'Abroad', from: 'From', until: 'To', days: 'Days', kind: 'What',
    sentence: (say, { used, allowed, window, planned }) =>
      `In the last ${say.number(window)} days you were here on ${say.number(used)} of ${say.number(allowed)} allowed; ` +
      `${say.number(Math.max(0, allowed - used))} ${say.plural(Math.max(0, allowed - used), 'day is', 'days are')} left.` +
      (planned > 0 ? ` The journey you try out takes ${say.number(planned)} of them.` : ''),
    tooLong: (say, over) => `That is ${say.number(over)} ${say.plural(over, 'day', 'days')} too many.`,
  },
  tiles: {
    name: 'The regions', region: 'Region', value: 'Places', share: 'Used', nothing: 'no quota', scale: 'Share of places used or held',
    sentence: (say, { regions, most, least }) =>
      `${say.number(regions)} ${say.plural(regions, 'region has', 'regions have')} places` +
      (most ? `; the fullest is ${most.name} with ${say.percent(most.used, most.limit)}` : '') +
      (least && least.name !== most?.name ? `, the emptiest ${least.name} with ${say.percent(least.used, least.limit)}.` : '.'),
    empty: 'No region has places.',
  },
  burn: {
    name: 'Places used through the year', week: 'Week', limit: 'Quota',
    thisYear: (year) => `${year}`, lastYear: (year) => `${year}`,
    sentence: (say, { year, week, used, limit, before, beforeLimit }) =>
      `By week ${week} of ${year} ${say.number(used)} places are used, ${say.percent(used, limit)} of the quota; ` +
      `a year before it was ${say.number(before)}, ${say.percent(before, beforeLimit)}.`,
    noLast: (say, { year, week, used, limit }) =>
      `By week ${week} of ${year} ${say.number(used)} places are used, ${say.percent(used, limit)} of the quota; of the year before nothing is known.`,
    empty: 'Nothing was posted in this year.',
  },
  ageing: {
    name: 'How long the queue has left',
    bins: { late: 'late', today: 'today', two: '1–2 days', five: '3–5 days', ten: '6–10 days', later: 'later', none: 'no date' },
    when: 'Time left', cases: 'Cases',
    sentence: (say, { all, late, soon }) =>
      `${say.number(all)} ${say.plural(all, 'case waits', 'cases wait')}: ${say.number(late)} ${late === 1 ? 'is' : 'are'} late, ` +
      `${say.number(soon)} must be decided within two days.`,
    empty: 'No case waits.',
  },
  norm: {
    name: 'The norm through time', rule: 'Rule', from: 'From', until: 'To', by: 'By', always: 'always', exception: 'exception', now: 'in force',
    condition: 'if',
    sentence: (say, { rules, inForce, on }) =>
      `Of ${say.number(rules)} ${say.plural(rules, 'rule', 'rules')} ${say.number(inForce)} ${inForce === 1 ? 'is' : 'are'} in force on ${say.date(on)}.`,
    empty: 'This norm has no rules.',
  },
  rules: {
    name: 'What the law says of this case', holds: 'holds', fails: 'fails', open: 'open', overruled: 'overruled', rule: 'Rule', verdict: 'Verdict',
    article: 'Article',
    sentence: (say, { all, holds, fails, open }) =>
      `Of ${say.number(all)} ${say.plural(all, 'rule', 'rules')} ${say.number(holds)} ${holds === 1 ? 'holds' : 'hold'}, ` +
      `${say.number(fails)} ${fails === 1 ? 'fails' : 'fail'} and ${say.number(open)} ${open === 1 ? 'is' : 'are'} open.`,
    empty: 'No rule has spoken yet.', openAll: 'Open all', closeAll: 'Close all',
  },
  states: {
    name: 'The way of a case', from: 'From', to: 'To', act: 'Act', here: 'here now', end: 'end',
    sentence: (say, { current, next, isFinal }) =>
      isFinal ? `The case has ended: ${current}.`
        : `The case is at “${current}”; ${say.number(next)} ${say.plural(next, 'act leads', 'acts lead')} on from there.`,
    whole: (say, { states, final }) =>
      `${say.number(states)} ${say.plural(states, 'state', 'states')}, in ${say.number(final)} of which a case ends.`,
  },
  needs: {
    name: 'Needs before and after', need: 'Need', before: 'Before', after: 'Now', scale: (say, most) => `0: none, ${say.number(most)}: great`,
    sentence: (say, { all, better, worse, same }) =>
      `Of ${say.number(all)} ${say.plural(all, 'need', 'needs')} ${say.number(better)} became smaller, ${say.number(worse)} greater, ` +
      `${say.number(same)} stayed.`,
    empty: 'No needs were noted.',
  },
};
