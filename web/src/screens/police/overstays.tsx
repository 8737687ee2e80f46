// Who has stayed past the permitted day, as the law counts it for each open case of this police: certain, certain only if nobody holds a
// permit that the case does not tell of, and not to be told yet.
import { useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { lawScreen, type LawScreen } from '../../api/law_screen';
import { outcome, type Outcome, type Problem } from '../../api/problem';
import { Page } from '../../frame/page';
import { ProblemBox } from '../../parts/loaded';
import { formatDate, language } from '../../words/words';
import { Purpose, usePurpose } from './purpose';
import { say } from './words';
import './police.css';

type Watch = Schemas['Watch'];
type Row = Watch['rows'][number];

interface Found {
  watch: Watch;
  screen: LawScreen;
}

/** The norms that the law declares for this screen, and what is taken for facts that no case tells: a visitor without visa and permit. */
async function lookFor(purpose: string): Promise<Outcome<Found>> {
  const screen = await lawScreen('overstays');
  if (!screen.ok) return screen;
  const { norm, fact, assumes } = screen.data;
  const query = {
    norm: norm('too_long'), show: norm('last_day'), facts: ['name', 'nationality', 'address', 'arrived'].map(fact).join(','),
    assume: Object.entries(assumes).map(([path, value]) => `${path}=${value}`).join(','), as: 'police', purpose,
  };
  const watch = await outcome(api.GET('/api/v1/watch', { params: { query } }));
  return watch.ok ? { ...watch, data: { watch: watch.data, screen: screen.data } } : watch;
}

function Person({ row, screen }: { row: Row; screen: LawScreen }) {
  const value = (role: string) => row.facts.find((one) => one.path === screen.fact(role))?.value ?? '';
  return (
    <li class="person">
      <h3><a href={`/app/cases/${row.case}`}>{value('name') || row.case}</a> <span class="quiet small">{value('nationality')}</span></h3>
      {row.days !== undefined && row.days > 0 && (
        <p class="person__days">
          <b>{say('overstays.days', { n: row.days })}</b>
          {' '}
          {row.day && say('overstays.until', { date: formatDate(row.day) })}
        </p>
      )}
      {value('address') && <p>{value('address')}</p>}
      {row.needs.length > 0 && <p class="quiet small">{say('overstays.needs')} {row.needs[0]}</p>}
      <p class="quiet small">{row.label} · {row.state_label}{value('arrived') && ` · ${say('overstays.arrived', { date: value('arrived') })}`}</p>
    </li>
  );
}

function Group({ of: { watch, screen }, verdict }: { of: Found; verdict: Row['verdict'] }) {
  const own = watch.rows.filter((row) => row.verdict === verdict).sort((a, b) => (b.days ?? 0) - (a.days ?? 0));
  if (own.length === 0) return null;
  return (
    <section class="section">
      <h2>{say(`overstays.${verdict}`, { n: own.length })}</h2>
      <p class="quiet">{say(`overstays.${verdict}_text`)}</p>
      <ul class="people">{own.map((row) => <Person key={row.case} row={row} screen={screen} />)}</ul>
    </section>
  );
}

export default function Overstays() {
  const { purpose, change, missing, given } = usePurpose();
  const [found, setFound] = useState<Found>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  async function look() {
    const why = given();
    if (why === null) return;
    setBusy(true);
    const answer = await lookFor(why);
    setBusy(false);
    setFound(answer.ok ? answer.data : undefined);
    setProblem(answer.ok ? undefined : answer.problem);
  }
  return (
    <Page title={say('overstays.title')} lead={say('overstays.lead')} key={language.value}>
      <form class="look" noValidate onSubmit={(event) => { event.preventDefault(); void look(); }}>
        <Purpose value={purpose} change={change} error={missing} />
        <button type="submit" class="ds-button" disabled={busy}>{say('overstays.look')}</button>
      </form>
      {problem && <ProblemBox problem={problem} />}
      <div aria-live="polite">
        {found && (
          <>
            <p>{say('overstays.looked', { n: found.watch.looked, date: formatDate(found.watch.today) })}{found.watch.more && ` ${say('overstays.more')}`}</p>
            {found.watch.rows.length === 0 && <p class="notice">{say('overstays.none')}</p>}
            <Group of={found} verdict="yes" />
            <Group of={found} verdict="assumed" />
            <Group of={found} verdict="open" />
          </>
        )}
      </div>
    </Page>
  );
}
