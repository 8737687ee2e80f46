import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { outcome, type Outcome } from '../../api/problem';
import { lawScreen, type LawScreen } from '../../api/law_screen';
import Share, { levelOf } from '../../case/share';
import { valuesOf, type Values } from '../../form/values';
import { formatDate } from '../../words/words';
import { speaker } from '../own_words';
import type { Row } from './my_cases';
import { hasNewWorkers, inForceSince } from './permitted';

/** So many of the newest cases are looked into for what the employer said of its staff, and so many for permits issued since. */
const looksMax = 5;
const permitsMax = 3;

const en = {
  title: "How many more you may hire from abroad",
  text: "The numbers are those that you yourself declared last, on {date}, in case",
  permitted: { one: "Counted in: {n} worker permitted since.", other: "Counted in: {n} workers permitted since." },
  anew: "With your next application you declare your staff anew.",
};
const ru: typeof en = {
  title: "Скольких ещё можно нанять из-за рубежа",
  text: "Числа – те, что вы сами сообщили последними, {date}, в деле",
  permitted: {
    one: "Учтён и {n} работник, на которого с тех пор выдано разрешение.", few: "Учтены и {n} работника, на которых с тех пор выданы разрешения.",
    many: "Учтены и {n} работников, на которых с тех пор выданы разрешения.", other: "Учтены и {n} работника, на которых с тех пор выданы разрешения.",
  } as typeof en.permitted,
  anew: "В следующем заявлении вы сообщите о штате заново.",
};
const kk: typeof en = {
  title: "Шетелден тағы қанша адам жалдауға болады",
  text: "Сандар – өзіңіз соңғы рет {date} хабарлаған мәлімет, іс",
  permitted: { one: "Одан бері рұқсат берілген {n} жұмыскер қоса есептелді.", other: "Одан бері рұқсат берілген {n} жұмыскер қоса есептелді." },
  anew: "Келесі өтініште штат туралы жаңадан хабарлайсыз.",
};
const say = speaker<keyof typeof en>({ en, ru, kk });

interface Staff {
  /** As declared, and the workers of permits that came into force since. */
  values: Values;
  permitted: number;
  on: string;
  row: Row;
}

type Case = Schemas['Case'];

async function caseOf(row: Row): Promise<Outcome<Case>> {
  const seen = await outcome(api.GET('/api/v1/cases/{case}', { params: { path: { case: row.id } } }));
  return seen.ok ? { ...seen, data: seen.data.case } : seen;
}

/** Foreign workers of this level whose permits came into force after the staff was declared: in this case and in others of its kind. */
async function permittedSince(screen: LawScreen, until: string, of: Case, rows: readonly Row[], on: string): Promise<number> {
  const others = rows.filter((row) => row.id !== of.id && hasNewWorkers(row, of.procedure, on)).slice(0, permitsMax);
  const found = await Promise.all(others.map(caseOf));
  const level = levelOf(screen, valuesOf(of.facts));
  const all = [{ one: of, isLater: true }, ...found.flatMap((other) => (other.ok ? [{ one: other.data, isLater: false }] : []))];
  return all.reduce((sum, { one, isLater }) => {
    const values = valuesOf(one.facts);
    const since = inForceSince(one, until);
    const isNew = since !== undefined && (isLater || since > on) && levelOf(screen, values) === level;
    return sum + (isNew ? Number(values.single[screen.fact('more')] ?? 0) : 0);
  }, 0);
}

/** The newest first; of one day, those of the way that the law declares: the staff is asked for there. */
function newestOf(rows: readonly Row[], way: readonly string[]): Row[] {
  const onWay = (row: Row) => (way.includes(row.procedure) ? 0 : 1);
  return rows.filter((row) => row.filed).sort((a, b) => (b.filed ?? '').localeCompare(a.filed ?? '') || onWay(a) - onWay(b));
}

async function staffOf(rows: readonly Row[]): Promise<Outcome<Staff | null>> {
  const [share, workers] = await Promise.all([lawScreen('share'), lawScreen('workers')]);
  if (!share.ok) return share;
  const screen = share.data;
  const newest = newestOf(rows, workers.ok ? [workers.data.of] : []);
  for (const row of newest.slice(0, looksMax)) {
    const found = await caseOf(row);
    if (!found.ok) return found;
    const values = valuesOf(found.data.facts);
    const level = levelOf(screen, values);
    if (level === undefined) continue;
    const [local = '', foreign = ''] = screen.facts(level);
    // An extension is filed on a later day, with the staff of the application.
    const on = found.data.facts.find((fact) => fact.path === local)?.on ?? row.filed ?? row.opened;
    const permitted = workers.ok ? await permittedSince(screen, workers.data.fact('until'), found.data, newest, on) : 0;
    const single = { ...values.single, [foreign]: String(Number(values.single[foreign] ?? 0) + permitted) };
    return { ...found, data: { values: { ...values, single }, permitted, on, row } };
  }
  return { ok: true, data: null, response: new Response() };
}

/** How many more foreigners the share of citizens leaves room for, by what the employer last said of its staff and what has been permitted since. */
export default function Hiring({ rows, today }: { rows: readonly Row[]; today: string }) {
  const staff = useData(() => staffOf(rows), [rows.map((row) => row.id + row.version).join(' ')]);
  if (!staff.data) return null;
  const { row, on, permitted, values } = staff.data;
  return (
    <section class="section">
      <h2>{say('title')}</h2>
      <p class="quiet">
        {say('text', { date: formatDate(on) })} <a href={`/app/cases/${row.id}`}>{row.id}</a>.{' '}
        {permitted > 0 && `${say('permitted', { n: permitted })} `}
        {say('anew')}
      </p>
      <Share values={values} on={today} />
    </section>
  );
}
