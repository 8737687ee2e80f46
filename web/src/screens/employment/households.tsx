// All households that move into the region: where each stands, and how many of those who came are still there after 12 and 36 months.
import { api } from '../../api/client';
import { lawScreen, type LawScreen } from '../../api/law_screen';
import { useData } from '../../api/data';
import { outcome, type Outcome } from '../../api/problem';
import { Page } from '../../frame/page';
import { Deadline, urgencyOf } from '../../parts/deadline';
import { Loaded } from '../../parts/loaded';
import { Tag } from '../../parts/tag';
import { TableView } from '../../pictures/frame';
import { csv, download, type Table } from '../../pictures/table';
import { askOffice } from '../../session/office';
import { formatDate } from '../../words/words';
import { knownOf, loadCases, type CaseRow } from '../centre/list';
import { stagesOf, type Stage } from './support';
import { say } from './words';
import './employment.css';

interface Data {
  today: string;
  cases: CaseRow[];
  stages: Stage[];
  screen: LawScreen;
}

/** Cases whose stay is looked into; each look is journalled. */
const mostLooks = 60;

function look(id: string) {
  const query = { as: 'centre', purpose: say('stay.purpose') };
  return outcome(api.GET('/api/v1/cases/{case}', { params: { path: { case: id }, query } }));
}

async function load(): Promise<Outcome<Data>> {
  const screen = await lawScreen('household');
  if (!screen.ok) return screen;
  const [office, cases] = await Promise.all([askOffice(), loadCases(screen.data.of, 'centre')]);
  if (!office.ok) return office;
  if (!cases.ok) return cases;
  const arrived = cases.data.filter((row) => !screen.data.states('not_moved').includes(row.state)).slice(0, mostLooks);
  const seen = await Promise.all(arrived.map((row) => look(row.id)));
  const stages = seen.flatMap((one) => (one.ok ? stagesOf(screen.data, knownOf(one.data.case)) : []));
  return { ...cases, data: { today: office.data.today, cases: cases.data.filter((row) => row.filed), stages, screen: screen.data } };
}

export function retentionOf(months: readonly number[], stages: readonly Stage[], today: string): { months: number; reached: number; looked: number; there: number }[] {
  return months.map((after) => {
    const own = stages.filter((one) => one.months === after);
    return {
      months: after, reached: own.filter((one) => one.on <= today).length, looked: own.filter((one) => one.there !== null).length,
      there: own.filter((one) => one.there === true).length,
    };
  });
}

function Retention({ data }: { data: Data }) {
  const rows = retentionOf(data.screen.numbers('stages'), data.stages, data.today);
  const table: Table = {
    columns: [say('stay.months'), say('stay.reached'), say('stay.looked'), say('stay.there')].map((label) => ({ label, isNumber: true })),
    rows: rows.map((one) => [one.months, one.reached, one.looked, one.there]),
  };
  return (
    <section class="section">
      <h2>{say('stay.title')}</h2>
      <p>{say('stay.sentence', { there: rows[0]?.there ?? 0, looked: rows[0]?.looked ?? 0, reached: rows[0]?.reached ?? 0 })}</p>
      <TableView table={table} caption={say('stay.title')} />
      <button type="button" class="picture-csv" onClick={() => download('retention.csv', csv(table))}>{say('support.csv')}</button>
    </section>
  );
}

export default function Households() {
  const found = useData(load, []);
  return (
    <Page title={say('list.title')} lead={say('list.lead')} wide>
      <Loaded of={found}>
        {(data) => (
          <>
            {data.cases.length === 0 && <p class="quiet">{say('list.none')}</p>}
            <ul class="cards">
              {data.cases.map((row) => (
                <li key={row.id} class="card" data-urgency={urgencyOf(data.today, row.due, row.late)}>
                  <a href={`/app/households/${row.id}`}>{row.title || row.id}</a>
                  <Tag tone="accent">{row.state_label ?? row.state}</Tag>
                  {row.due && <Deadline today={data.today} due={row.due} late={row.late} />}
                  <span class="quiet small">{row.id} · {formatDate(row.filed ?? row.opened, 'short')}</span>
                </li>
              ))}
            </ul>
            <Retention data={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
