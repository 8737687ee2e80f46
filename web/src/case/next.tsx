// What comes next in a case, and whose turn it is: in one sentence, with the acts by their names.
import type { ComponentChildren } from 'preact';
import { Cites } from '../parts/cites';
import { Deadline } from '../parts/deadline';
import { formatDate, language, t } from '../words/words';
import { inOrder, nameOf, turnIn, wayFromState } from './acts';
import { caseHref, isComplete, kindOfRole, openCharges, queueOf, type CaseData } from './case_data';
import { termOf } from './term';
import { lastTold, type Past } from './timeline';

/** Acts by their names; more than these say less. */
const namedMax = 4;

export const quoted = (text: string): string => t('case.quoted', { text });

function named(labels: readonly string[]): string {
  const all = [...new Set(labels)].map(quoted);
  return all.slice(0, namedMax).join(', ') + (all.length > namedMax ? ` ${t('case.more', { n: all.length - namedMax })}` : '');
}

export const payerOf = ({ procedure }: CaseData): string => procedure.roles.find((role) => role.kind === 'party')?.label ?? '';

/** An office with where it is, since there may be one in each region. */
export function placed({ procedure, sheet }: CaseData, who: string): string {
  const within = procedure.roles.find((role) => role.kind === 'office' && role.label === who)?.within;
  const where = sheet.facts.find((fact) => fact.path === within)?.value;
  return where === undefined ? who : t('case.placed', { who, where });
}

/** How the way goes on after its first steps, each with who does it; what is charged with a step is paid after it. */
export function onward(data: CaseData, way: CaseData['procedure']['way'], done: number): string[] {
  const own = data.procedure.roles.find((role) => role.role === data.seen.role)?.label;
  const by = (what: string, who: string, term = '') => t('act.step', { what, who: (who === own ? t('act.you') : who) + term });
  const charges = new Set(data.sheet.checks.filter((check) => check.charges.some((one) => one.state === 'known')).map((check) => check.label));
  const within = (step: (typeof way)[number] | undefined) => (step && termOf(step) !== '' ? `, ${termOf(step)}` : '');
  const later = way.flatMap((step, at) => [
    ...(at < done ? [] : [by(quoted(step.what), step.who)]),
    ...(at + 1 >= done && charges.has(step.what) ? [by(t('act.payment'), payerOf(data), within(way[at + 1]))] : []),
  ]);
  return later.length === 0 ? [] : [t('case.next_on', { what: later.join(', ') })];
}

/** What others may do in this state: by who they are, as the procedure calls them. */
function byOthers(data: CaseData) {
  const { seen, sheet, procedure } = data;
  const found = new Map<string, string[]>();
  for (const check of sheet.checks) {
    if (!check.own && check.state === seen.case.state) found.set(check.roles, [...(found.get(check.roles) ?? []), check.label]);
  }
  const isParty = (who: string) => procedure.roles.some((role) => role.kind === 'party' && role.label === who);
  return [...found].map(([who, labels]) => ({ who: placed(data, who), what: named(labels), isParty: isParty(who) }));
}

/** What could be begun with what an act of the reader's leads to. */
function leadsOf({ seen, sheet }: CaseData): string[] {
  const isNew = ({ procedure }: { procedure: string }) => !seen.leads_to?.some((one) => one.procedure === procedure);
  return sheet.checks.flatMap((check) => {
    const to = check.leads_to.filter(isNew).map(({ label }) => quoted(label)).join(', ');
    return to === '' ? [] : [t('case.next_opens', { what: quoted(check.label), to })];
  });
}

/** What becomes possible on a later day, by its day. */
function laterOf({ seen }: CaseData): string[] {
  const days = new Map<string, string[]>();
  for (const one of seen.actions ?? []) {
    if (one.possible_from) days.set(one.possible_from, [...(days.get(one.possible_from) ?? []), one.label]);
  }
  return [...days].sort().map(([day, labels]) => t('case.next_from', { date: formatDate(day), what: named(labels) }));
}

/** What the reader may do. Nothing is offered that a requirement stands against today, and to an office nothing that the law does not let pass
 * now; a party brings about what else still hinders. */
function ownOf(data: CaseData, isParty: boolean): string[] {
  const { seen, sheet } = data;
  const isDenied = (one: Possible) => one.refusal === 'not_lawful' || (seen.may_fill && isIncomplete(one));
  const denied = new Set((seen.actions ?? []).filter(isDenied).map((one) => one.action));
  const own = sheet.checks.filter((check) => check.own && !denied.has(check.action));
  const possible = own.filter((check) => seen.actions?.find((one) => one.action === check.action)?.possible !== false);
  const shown = isParty || possible.length === 0 ? own : possible;
  const place = new Map(inOrder(data).map((one, at) => [one.act.action, { at, name: nameOf(data, one.act) }]));
  const atOf = (action: string) => place.get(action)?.at ?? 0;
  return [...shown].sort((a, b) => atOf(a.action) - atOf(b.action)).map((check) => place.get(check.action)?.name ?? check.label);
}

type Possible = NonNullable<CaseData['seen']['actions']>[number];

/** Forms or documents are missing; what the act itself asks is given with it. */
const isIncomplete = ({ refusal, asks }: Possible) => (refusal === 'facts_missing' || refusal === 'documents_missing') && asks.length === 0;

/** For what answers or documents are still missing: it comes after them. */
function blockedOf({ seen }: CaseData): string[] {
  return (seen.actions ?? []).filter((one) => isIncomplete(one) && !one.possible_from).map((one) => one.label);
}

/** What a party has to pay comes before what it might do besides. */
function feesOf({ seen, sheet }: CaseData): string[] {
  const open = openCharges(sheet);
  if (open.length === 0) return [];
  return [
    ...open.map((charge) => t('case.next_pay', { amount: charge.text, label: charge.label, to: charge.state })),
    t('case.next_pay_how', { number: seen.case.number ?? seen.case.id }),
    ...(sheet.due ? [t('case.next_pay_until', { date: formatDate(sheet.due.last_day) })] : []),
  ];
}

/** Who reads and does not pay is told who must. */
const paysOf = (data: CaseData): string[] => (openCharges(data.sheet).length > 0 && kindOfRole(data) === 'office' ? [t('act.pays', { who: payerOf(data) })] : []);

/** What is missing, by its name: the forms, and documents where some are wanted. After filing it is done while something else is waited for. */
export function missingOf({ seen }: CaseData): string[] {
  const forms = (seen.forms ?? []).filter((form) => form.missing.length > 0).map((form) => form.label);
  const documents = (seen.documents ?? []).filter((one) => !one.attached).length;
  const waits = (seen.actions ?? []).some((one) => one.possible_from);
  const fill = seen.case.filed && waits ? 'case.next_fill_meanwhile' : 'case.next_fill';
  return [...(forms.length > 0 ? [t(fill, { what: named(forms) })] : []), ...(documents > 0 ? [t('case.next_attach', { n: documents })] : [])];
}

/** Where a case rests, nobody must act; what one may do comes after that. */
function sentencesOfRest(data: CaseData): string[] {
  const until = data.sheet.due?.last_day;
  const own = named(ownOf(data, kindOfRole(data) === 'party'));
  return [
    until === undefined ? t('case.next_rest') : t('case.next_holds', { date: formatDate(until) }),
    ...(own === '' ? [] : [t('case.next_you', { what: own })]),
    ...laterOf(data),
  ];
}

/** Where the clock only makes a case late, an office must act; where it ends the state, or there is none, everybody may. */
function sentencesOfNow(data: CaseData): string[] {
  const { seen, sheet } = data;
  const isFilled = isComplete(data);
  if (seen.may_fill && !seen.case.filed) return [...(isFilled ? [t('case.next_check')] : missingOf(data)), ...laterOf(data)];
  if (sheet.rests && openCharges(sheet).length === 0) return sentencesOfRest(data);
  const kind = kindOfRole(data);
  const [own, blocked] = [named(ownOf(data, kind === 'party')), named(blockedOf(data))];
  const others = byOthers(data);
  const officesMust = sheet.due !== undefined && !sheet.due.then;
  const turn = others.filter((one) => !one.isParty).map(({ who, what }) => t('case.next_turn', { who, what }));
  const may = (some: typeof others) => some.map(({ who, what }) => t('case.next_they', { who, what }));
  const later = laterOf(data);
  if (own === '' && others.length === 0) return [t('case.next_clock'), ...later];
  // How it goes on is told behind the step that comes first, not where another must be done before.
  const way = wayFromState(data, seen.case.state);
  const on = way[0] && [own, ...turn].join().includes(quoted(way[0].what)) ? onward(data, way, 1) : [];
  if (own === '') return [...paysOf(data), ...turn, ...on, ...may(others.filter((one) => one.isParty)), t('case.next_rest'), ...later];
  const fees = kind === 'party' ? feesOf(data) : [];
  // What is waited for comes before what is filled in meanwhile.
  const after = seen.may_fill && blocked !== '' ? [t('case.next_after', { what: blocked })] : [];
  const first = seen.may_fill && !isFilled ? [...fees, ...later, ...missingOf(data), ...after] : fees;
  const last = [...leadsOf(data), ...(first.length > fees.length ? [] : later)];
  if (kind === 'party' && officesMust && turn.length > 0) return [...first, ...turn, ...on, t('case.next_meanwhile', { what: own }), ...last];
  if (kind === 'other' && openCharges(sheet).length > 0) return [t('case.next_when_paid', { what: own }), ...on, ...may(others), ...last];
  const isTurn = kind === 'other' || (kind === 'office' && officesMust) || others.length === 0;
  return [...first, t(isTurn ? 'case.next_yours' : 'case.next_you', { what: own }), ...on, ...may(others), ...last];
}

/** `now` where a page knows better what is to be said of today. */
export function sentencesOf(data: CaseData, now?: string): string[] {
  return now === undefined ? sentencesOfNow(data) : [now, ...laterOf(data)];
}

/** Who must act now, where it is not the reader: for a line that says who has the case. */
export function holdersOf(data: CaseData): string[] {
  if (openCharges(data.sheet).length > 0) return kindOfRole(data) === 'party' ? [] : [payerOf(data)];
  return turnIn(data, data.seen.case.state).who.map((who) => placed(data, who));
}

/** Goes on behind a colon. */
export function afterColon(text: string): string {
  return text.charAt(0).toLocaleLowerCase(language.value) + text.slice(1);
}

/** The forms that are named lead to themselves. */
export function Linked({ text, seen }: { text: string; seen: CaseData['seen'] }) {
  const forms = seen.may_fill ? (seen.forms ?? []).filter((form) => form.missing.length > 0) : [];
  const parts = forms.reduce<ComponentChildren[]>((all, form) => all.flatMap((part) => {
    const name = quoted(form.label);
    const [before = '', ...rest] = typeof part === 'string' ? part.split(name) : [];
    return rest.length === 0 ? [part] : [before, <a href={caseHref(seen.case.id, `/forms/${form.form}`)}>{name}</a>, rest.join(name)];
  }), [text]);
  return <>{parts}</>;
}

/** In words, and until when. */
export function Next({ data, past }: { data: CaseData; past: Past }) {
  const { seen, sheet } = data;
  const told = lastTold(past).map((text) => <p key={text}><b>{t('case.told')}</b> {text}</p>);
  const leads = (seen.leads_to ?? []).map(({ procedure, label }) => (
    <p key={procedure}><b>{t('case.next')}</b> {t('case.next_leads')} <a href={`/app/start/${procedure}`}>{label}</a></p>
  ));
  if (sheet.final) return <div class="next">{told}{leads.length > 0 ? leads : <p>{t('case.next_none')}</p>}</div>;
  const queue = queueOf(sheet);
  return (
    <div class="next">
      {told}
      <p><b>{t('case.next')}</b> <Linked text={afterColon(sentencesOf(data).join(' '))} seen={seen} /></p>
      {queue && <p>{t('case.queue', queue)}</p>}
      {sheet.due && (
        <p>
          <Deadline today={sheet.today} due={sheet.due.last_day} late={seen.case.late} />{' '}
          <span class="quiet">{sheet.due.then ? t('case.then', { action: sheet.due.then }) : t('case.then_late')} <Cites by={sheet.due.by} /></span>
        </p>
      )}
    </div>
  );
}
