import type { ComponentChildren } from 'preact';
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
import type { Turn, Turns } from './turns';

const Expiries = lazy(() => import('./expiries'));
const Hiring = lazy(() => import('./hiring'));
const Duties = lazy(() => import('./duties'));
const Begin = later(() => import('./begin'));
const Ended = later(() => import('./ended'));
const Way = lazy(() => import('./way'));
const Workers = lazy(() => import('./workers'));
const OpenFrom = later(() => import('./open_from'));

/** So many cases without a term are asked for the day that they wait for: each is a question of its own to the server. */
const looksMax = 2;

export type Row = Schemas['Cases']['cases'][number];
type Procedures = Schemas['Procedures'];

/** Whom the case is about besides the reader, who knows that it is his own. */
export function others(title: string): string {
  return title.split(' · ').filter((name) => !session.value?.name.startsWith(name)).join(' · ');
}

interface CardProps {
  row: Row;
  today: string;
  looksOn?: boolean | undefined;
  /** Whose turn it is, where that is known. */
  turn?: Turn | undefined;
}

/** What waits for others is not urgent for who reads, late or not. */
function urgency({ row, today, turn }: CardProps) {
  if (turn?.yours) return row.late ? 'late' : 'soon';
  return turn ? 'calm' : urgencyOf(today, row.due, row.late);
}

function Card(props: CardProps) {
  const { row, today, looksOn, turn } = props;
  return (
    <li class="card" data-urgency={urgency(props)}>
      <a href={`/app/cases/${row.id}`}>{row.label ?? row.procedure}</a>
      <Tag tone="accent">{row.state_label ?? row.state}</Tag>
      <span class="card__who">{others(row.title)}</span>
      {turn?.yours && <b class="card__turn">{turn.text}</b>}
      {turn && !turn.yours ? <span class="clock">{turn.text}</span>
        : looksOn ? <OpenFrom id={row.id} version={row.version} today={today} /> : <Deadline today={today} due={row.due} late={row.late} />}
      <span class="quiet small">{row.id} · {formatDate(row.filed ?? row.opened, 'short')}</span>
    </li>
  );
}

/** The newest are those that wait for a day. */
function withoutTerm(rows: readonly Row[]): Row[] {
  const newest = rows.filter((row) => !row.due && !row.late).sort((a, b) => (b.filed ?? '').localeCompare(a.filed ?? ''));
  return newest.slice(0, looksMax);
}

/** Until the turns are known nobody is told to be late: it may be the office. */
const unknown: Turn = { yours: false, text: '…' };

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return <section class="section"><h2>{title}</h2>{children}</section>;
}

/** What waits for the party until a last day comes first. A draft has no clock, yet it waits for nobody else. Then what others have. */
function Cases({ rows, today, turns, isLoading }: { rows: readonly Row[]; today: string; turns: Turns | undefined; isLoading: boolean }) {
  const turnOf = (row: Row) => turns?.of.get(row.id) ?? (isLoading && row.late && row.filed ? unknown : undefined);
  const yours = rows.filter((row) => turnOf(row)?.yours);
  const drafts = rows.filter((row) => row.filed === undefined);
  const running = rows.filter((row) => row.filed !== undefined && !yours.includes(row));
  const looked = withoutTerm(running);
  const list = (some: readonly Row[]) => (
    <ul class="cards">{some.map((row) => <Card key={row.id} row={row} today={today} looksOn={looked.includes(row)} turn={turnOf(row)} />)}</ul>
  );
  return (
    <>
      {yours.length > 0 && <Section title={turns?.title ?? ''}>{list(yours)}</Section>}
      {drafts.length > 0 && <Section title={t('desk.drafts')}>{list(drafts)}</Section>}
      <Section title={t('desk.running')}>{running.length > 0 ? list(running) : yours.length === 0 && <p class="quiet">{t('desk.none')}</p>}</Section>
    </>
  );
}

/** The cases of a party, and before them in a sentence what to do first. */
function Running({ rows, role, today }: { rows: readonly Row[]; role: string; today: string }) {
  const known = useData(async () => (await import('./turns')).turnsOf(rows, role, today), [role, today, rows.map((row) => row.id + row.version).join(' ')]);
  const isFirst = [...(known.data?.of.values() ?? [])].some((turn) => turn.yours);
  return (
    <>
      <p class="then"><b>{t('case.next')}</b> {isFirst ? known.data?.next : t('desk.then')}</p>
      <Cases rows={rows} today={today} turns={known.data} isLoading={known.loading} />
    </>
  );
}

function inForce(procedures: Procedures, today: string): Procedures {
  return procedures.filter((one) => (one.from === undefined || one.from <= today) && (one.until === undefined || one.until >= today));
}

/** Names of procedures that follow one another; none where the law declares no way. */
async function declaredWay(): Promise<Outcome<readonly string[]>> {
  const screen = await lawScreen('way');
  return { ok: true, data: screen.ok ? screen.data.procedures : [], response: new Response() };
}

/** `onlyBegin`: the cases themselves stand in the queue already. */
export function MyCases({ role, today, procedures, onlyBegin }: { role: string; today: string; procedures: Procedures; onlyBegin: boolean }) {
  const cases = useData(() => outcome(api.GET('/api/v1/cases', { params: { query: { as: role, by: 'due', limit: '100' } } })), [role]);
  const way = useData(declaredWay, []).data ?? [];
  const begins = inForce(procedures, today);
  return (
    <Loaded of={cases}>
      {(page) => onlyBegin ? <Begin role={role} procedures={begins} rows={page.cases} way={way} /> : (
        <div class="with-side">
          <div>
            <Running rows={page.cases} role={role} today={today} />
            <Ended role={role} />
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
