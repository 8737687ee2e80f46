import { lazy } from 'preact-iso';
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { lawScreen } from '../../api/law_screen';
import { outcome, type Outcome } from '../../api/problem';
import { Deadline, urgencyOf } from '../../parts/deadline';
import { later } from '../../parts/later';
import { Loaded } from '../../parts/loaded';
import { Tag } from '../../parts/tag';
import { session } from '../../session/session';
import { formatDate, t } from '../../words/words';

const Expiries = lazy(() => import('./expiries'));
const Hiring = lazy(() => import('./hiring'));
const Duties = lazy(() => import('./duties'));
const Way = lazy(() => import('./way'));
const Workers = lazy(() => import('./workers'));
const OpenFrom = later(() => import('./open_from'));

/** So many cases without a term are asked for the day that they wait for: each is a question of its own to the server. */
const looksMax = 2;

export type Row = Schemas['Cases']['cases'][number];
type Procedures = Schemas['Procedures'];

/** Whom the case is about besides the reader, who knows that it is his own. */
function others(title: string): string {
  return title.split(' · ').filter((name) => !session.value?.name.startsWith(name)).join(' · ');
}

function Card({ row, today, looksOn }: { row: Row; today: string; looksOn?: boolean }) {
  return (
    <li class="card" data-urgency={urgencyOf(today, row.due, row.late)}>
      <a href={`/app/cases/${row.id}`}>{row.label ?? row.procedure}</a>
      <Tag tone="accent">{row.state_label ?? row.state}</Tag>
      <span class="card__who">{others(row.title)}</span>
      {looksOn ? <OpenFrom id={row.id} version={row.version} today={today} /> : <Deadline today={today} due={row.due} late={row.late} />}
      <span class="quiet small">{row.id} · {formatDate(row.filed ?? row.opened, 'short')}</span>
    </li>
  );
}

/** The newest are those that wait for a day. */
function withoutTerm(rows: readonly Row[]): Row[] {
  const newest = rows.filter((row) => !row.due && !row.late).sort((a, b) => (b.filed ?? '').localeCompare(a.filed ?? ''));
  return newest.slice(0, looksMax);
}

/** In the order of urgency: what waits for the party first. A draft has no clock, yet it waits for nobody else. */
function Cases({ rows, today }: { rows: readonly Row[]; today: string }) {
  const drafts = rows.filter((row) => row.filed === undefined);
  const running = rows.filter((row) => row.filed !== undefined);
  const looked = withoutTerm(running);
  return (
    <>
      {drafts.length > 0 && (
        <section class="section">
          <h2>{t('desk.drafts')}</h2>
          <ul class="cards">{drafts.map((row) => <Card key={row.id} row={row} today={today} />)}</ul>
        </section>
      )}
      <section class="section">
        <h2>{t('desk.running')}</h2>
        {running.length === 0 && <p class="quiet">{t('desk.none')}</p>}
        {running.length > 0 && <ul class="cards">{running.map((row) => <Card key={row.id} row={row} today={today} looksOn={looked.includes(row)} />)}</ul>}
      </section>
    </>
  );
}

function inForce(procedures: Procedures, today: string): Procedures {
  return procedures.filter((one) => (one.from === undefined || one.from <= today) && (one.until === undefined || one.until >= today));
}

function Starts({ procedures }: { procedures: Procedures }) {
  return <ul class="starts">{procedures.map((one) => (
    <li key={one.procedure}><a href={`/app/start/${one.procedure}`}>{one.label}</a>{one.help && <p class="quiet small">{one.help}</p>}</li>
  ))}</ul>;
}

/** The way that the law declares comes first, in its order: it is what most come for. */
function inOrder(procedures: Procedures, way: readonly string[]): Procedures {
  const place = ({ procedure }: Procedures[number]) => (way.includes(procedure) ? way.indexOf(procedure) : way.length);
  return [...procedures].sort((a, b) => place(a) - place(b));
}

/** Names of procedures that follow one another; none where the law declares no way. */
async function declaredWay(): Promise<Outcome<readonly string[]>> {
  const screen = await lawScreen('way');
  return { ok: true, data: screen.ok ? screen.data.procedures : [], response: new Response() };
}

/** What one has begun before comes first, with what the law declares as the way; whoever is new sees all. */
function Begin({ role, procedures, rows, way }: { role: string; procedures: Procedures; rows: readonly Row[]; way: readonly string[] }) {
  const begun = (one: Procedures[number]) => rows.some((row) => row.procedure === one.procedure);
  const known = procedures.some(begun) ? procedures.filter((one) => way.includes(one.procedure) || begun(one)) : [];
  const others = procedures.filter((one) => !known.includes(one));
  return (
    <aside class="side" aria-labelledby={`start-${role}`}>
      <h2 id={`start-${role}`}>{t('desk.start')}</h2>
      <Starts procedures={known.length > 0 ? known : others} />
      {known.length > 0 && others.length > 0 && <details><summary>{t('desk.start_more')}</summary><Starts procedures={others} /></details>}
    </aside>
  );
}

/** `onlyBegin`: the cases themselves stand in the queue already. */
export function MyCases({ role, today, procedures, onlyBegin }: { role: string; today: string; procedures: Procedures; onlyBegin: boolean }) {
  const cases = useData(() => outcome(api.GET('/api/v1/cases', { params: { query: { as: role, by: 'due', limit: '100' } } })), [role]);
  const way = useData(declaredWay, []).data ?? [];
  const begins = inOrder(inForce(procedures, today), way);
  return (
    <Loaded of={cases}>
      {(page) => onlyBegin ? <Begin role={role} procedures={begins} rows={page.cases} way={way} /> : (
        <div class="with-side">
          <div>
            <p class="then"><b>{t('case.next')}</b> {t('desk.then')}</p>
            <Cases rows={page.cases} today={today} />
            {way.length > 0 && <Way procedures={begins} way={way} />}
            <Hiring rows={page.cases} today={today} />
            <Workers rows={page.cases} begins={procedures.map((one) => one.procedure)} />
            <Duties begins={procedures.map((one) => one.procedure)} />
            {page.cases.some((row) => row.due ?? row.late) && <Expiries rows={page.cases} today={today} />}
          </div>
          <Begin role={role} procedures={begins} rows={page.cases} way={way} />
        </div>
      )}
    </Loaded>
  );
}
