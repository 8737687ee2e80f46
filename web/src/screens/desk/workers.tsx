// All workers of an employer, over all permits that run: which facts tell of a worker stands beside the law.
import { useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { lawScreen, type LawScreen } from '../../api/law_screen';
import { outcome, type Outcome } from '../../api/problem';
import { Loaded } from '../../parts/loaded';
import { TableView } from '../../pictures/frame';
import { csv, download, type Table } from '../../pictures/table';
import { t } from '../../words/words';
import type { Row } from './my_cases';

/** So many cases are looked into; the newest first. */
const looksMax = 60;

type Facts = Schemas['Sheet']['facts'];
type Worker = Table['rows'][number];

/** The members that the facts of one case tell of: "workers[1].person.full_name" is a name of the second. */
export function workersOf(screen: LawScreen, facts: Facts): { name: string; nationality: string; until: string }[] {
  const said = new Map(facts.map((one) => [one.path, one.value]));
  const at = (role: string, index: number) => said.get(screen.fact(role).replace('[0]', `[${index}]`)) ?? '';
  const found = [];
  for (let index = 0; said.has(screen.fact('name').replace('[0]', `[${index}]`)); ++index) {
    found.push({ name: at('name', index), nationality: at('nationality', index), until: at('until', index) });
  }
  return found;
}

async function loadWorkers(rows: readonly Row[]): Promise<Outcome<Worker[]>> {
  const screen = await lawScreen('workers');
  if (!screen.ok) return screen;
  const newest = [...rows].sort((a, b) => (b.filed ?? '').localeCompare(a.filed ?? '')).slice(0, looksMax);
  const sheets = await Promise.all(newest.map((row) => outcome(api.GET('/api/v1/cases/{case}/sheet', { params: { path: { case: row.id } } }))));
  const workers = sheets.flatMap((sheet, at): Worker[] => {
    const row = newest[at];
    if (!sheet.ok || row === undefined) return [];
    const permit = { text: row.number ?? row.id, href: `/app/cases/${row.id}` };
    return workersOf(screen.data, sheet.data.facts).map((one) => [one.name, one.nationality, permit, row.state_label ?? row.state, one.until]);
  });
  return { ...screen, data: workers.sort((a, b) => String(a[0]).localeCompare(String(b[0]))) };
}

function List({ rows }: { rows: readonly Row[] }) {
  const workers = useData(() => loadWorkers(rows), [rows.map((row) => row.id + row.version).join(' ')]);
  return (
    <Loaded of={workers}>
      {(all) => {
        if (all.length === 0) return <p class="quiet">{t('desk.workers_none')}</p>;
        const columns = (['desk.worker', 'desk.nationality', 'queue.case', 'queue.state', 'desk.until'] as const).map((key) => ({ label: t(key) }));
        const table: Table = { columns, rows: all };
        return (
          <>
            <p>{t('desk.workers_count', { n: all.length })}</p>
            <TableView table={table} caption={t('desk.workers')} />
            <button type="button" class="ds-button" data-variant="secondary" data-size="sm" onClick={() => download('workers.csv', csv(table))}>{t('public.csv')}</button>
          </>
        );
      }}
    </Loaded>
  );
}

/** Each permit is asked for its workers, so the list comes when somebody opens it. */
export default function Workers({ rows, begins }: { rows: readonly Row[]; begins: readonly string[] }) {
  const screen = useData(() => lawScreen('workers'), []);
  const [open, setOpen] = useState(false);
  const filed = rows.filter((row) => row.filed);
  if (!screen.data || !begins.includes(screen.data.of) || filed.length === 0) return null;
  return (
    <section class="section">
      <h2>{t('desk.workers')}</h2>
      <details class="workers" onToggle={(event) => event.currentTarget.open && setOpen(true)}>
        <summary>{t('desk.workers_text')}</summary>
        {open && <List rows={filed} />}
      </details>
    </section>
  );
}
