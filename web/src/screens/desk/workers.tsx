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
import { speaker, type Phrase } from '../own_words';
import type { Row } from './my_cases';

type Word = 'title' | 'text' | 'none' | 'count' | 'worker' | 'nationality' | 'until';
const en: Record<Word, Phrase> = {
  title: "Your workers",
  text: "All foreign workers in your cases, over all permits and applications.",
  none: "No case names a worker.",
  count: { one: "{n} worker is named.", other: "{n} workers are named." },
  worker: "Worker",
  nationality: "Citizenship",
  until: "Valid until",
};
const ru: typeof en = {
  title: "Ваши работники",
  text: "Все иностранные работники в ваших делах, по всем разрешениям и заявлениям.",
  none: "Ни в одном деле нет работников.",
  count: { one: "Назван {n} работник.", few: "Названы {n} работника.", many: "Названо {n} работников.", other: "Названо {n} работника." },
  worker: "Работник",
  nationality: "Гражданство",
  until: "Действует до",
};
const kk: typeof en = {
  title: "Сіздің жұмыскерлеріңіз",
  text: "Істеріңіздегі барлық шетелдік жұмыскерлер, барлық рұқсат пен өтініш бойынша.",
  none: "Бірде-бір істе жұмыскер аталмаған.",
  count: { one: "{n} жұмыскер аталған.", other: "{n} жұмыскер аталған." },
  worker: "Жұмыскер",
  nationality: "Азаматтығы",
  until: "Дейін жарамды",
};
const say = speaker<Word>({ en, ru, kk });

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
        if (all.length === 0) return <p class="quiet">{say('none')}</p>;
        const columns = [say('worker'), say('nationality'), t('queue.case'), t('queue.state'), say('until')].map((label) => ({ label }));
        const table: Table = { columns, rows: all };
        return (
          <>
            <p>{say('count', { n: all.length })}</p>
            <TableView table={table} caption={say('title')} />
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
      <h2>{say('title')}</h2>
      <details class="workers" onToggle={(event) => event.currentTarget.open && setOpen(true)}>
        <summary>{say('text')}</summary>
        {open && <List rows={filed} />}
      </details>
    </section>
  );
}
