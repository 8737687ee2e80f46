// Who has stayed past the permitted day, as the law counts it for each open case of this police: certain, certain only if nobody holds a
// permit that the case does not tell of, and not to be told yet.
import { useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { outcome, type Problem } from '../../api/problem';
import { Page } from '../../frame/page';
import { ProblemBox } from '../../parts/loaded';
import { formatDate, language } from '../../words/words';
import { Purpose, usePurpose } from './purpose';
import { say } from './words';
import './police.css';

type Watch = Schemas['Watch'];
type Row = Watch['rows'][number];

/** The norms that are asked, and what is taken for facts that no case tells: a visitor without visa and without a permit to reside. */
const asked = { norm: 'person.stay_overrun', show: 'person.permitted_until', facts: 'full_name,nationality,stay_address,arrived', assume: 'residence=temporary,visa=no' };

function Person({ row }: { row: Row }) {
  const value = (path: string) => row.facts.find((one) => one.path === path)?.value ?? '';
  return (
    <li class="person">
      <h3><a href={`/app/cases/${row.case}`}>{value('full_name') || row.case}</a> <span class="quiet small">{value('nationality')}</span></h3>
      {row.days !== undefined && row.days > 0 && (
        <p class="person__days">
          <b>{say('overstays.days', { n: row.days })}</b>
          {' '}
          {row.day && say('overstays.until', { date: formatDate(row.day) })}
        </p>
      )}
      {value('stay_address') && <p>{value('stay_address')}</p>}
      {row.needs.length > 0 && <p class="quiet small">{say('overstays.needs')} {row.needs[0]}</p>}
      <p class="quiet small">{row.label} · {row.state_label}{value('arrived') && ` · ${say('overstays.arrived', { date: value('arrived') })}`}</p>
    </li>
  );
}

function Group({ rows, verdict }: { rows: readonly Row[]; verdict: Row['verdict'] }) {
  const own = rows.filter((row) => row.verdict === verdict).sort((a, b) => (b.days ?? 0) - (a.days ?? 0));
  if (own.length === 0) return null;
  return (
    <section class="section">
      <h2>{say(`overstays.${verdict}`, { n: own.length })}</h2>
      <p class="quiet">{say(`overstays.${verdict}_text`)}</p>
      <ul class="people">{own.map((row) => <Person key={row.case} row={row} />)}</ul>
    </section>
  );
}

export default function Overstays() {
  const { purpose, change, missing, given } = usePurpose();
  const [found, setFound] = useState<Watch>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  async function look() {
    const why = given();
    if (why === null) return;
    setBusy(true);
    const answer = await outcome(api.GET('/api/v1/watch', { params: { query: { ...asked, as: 'police', purpose: why } } }));
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
            <p>{say('overstays.looked', { n: found.looked, date: formatDate(found.today) })}{found.more && ` ${say('overstays.more')}`}</p>
            {found.rows.length === 0 && <p class="notice">{say('overstays.none')}</p>}
            <Group rows={found.rows} verdict="yes" />
            <Group rows={found.rows} verdict="assumed" />
            <Group rows={found.rows} verdict="open" />
          </>
        )}
      </div>
    </Page>
  );
}
