import type { Schemas } from '../../api/client';
import { useData } from '../../api/data';
import type { Outcome } from '../../api/problem';
import { lawScreen, type LawScreen } from '../../api/law_screen';
import Share, { levelOf } from '../../case/share';
import { valuesOf, type Values } from '../../form/values';
import { formatDate } from '../../words/words';
import { speaker, type Phrase } from '../own_words';
import { caseOf } from './case_of';
import type { Row } from './my_cases';
import { hasNewWorkers, inForceSince } from './permitted';

/** So many of the newest cases are looked into for what the employer said of its staff, and so many for permits issued since. */
const looksMax = 5;
const permitsMax = 3;

type Word = 'title' | 'text' | 'permitted' | 'anew';
const en: Record<Word, Phrase> = {
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
  },
  anew: "В следующем заявлении вы сообщите о штате заново.",
};
const kk: typeof en = {
  title: "Шетелден тағы қанша адам жалдауға болады",
  text: "Сандар – өзіңіз соңғы рет {date} хабарлаған мәлімет, іс",
  permitted: { one: "Одан бері рұқсат берілген {n} жұмыскер қоса есептелді.", other: "Одан бері рұқсат берілген {n} жұмыскер қоса есептелді." },
  anew: "Келесі өтініште штат туралы жаңадан хабарлайсыз.",
};
const say = speaker<Word>({ en, ru, kk });

interface Staff {
  /** As declared, and the workers of permits that came into force since. */
  values: Values;
  permitted: number;
  on: string;
  row: Row;
}

type Case = Schemas['Case'];

/** Foreign workers of this level whose permits came into force after the staff was declared: in this case and in others of its kind. */
async function permittedSince(screen: LawScreen, until: string, of: Case, rows: readonly Row[], on: string): Promise<number> {
  const others = rows.filter((row) => row.id !== of.id && hasNewWorkers(row, of.procedure, on)).slice(0, permitsMax);
  const found = await Promise.all(others.map(caseOf));
  const level = levelOf(screen, valuesOf(of.facts));
  const all = [{ one: of, isLater: true }, ...found.flatMap((other) => (other.ok ? [{ one: other.data.case, isLater: false }] : []))];
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

interface Declared {
  row: Row;
  of: Case;
  /** The day on which the staff was declared. */
  on: string;
}

/** What was declared last. An extension is filed on a later day with the staff of the application, so the day of the answer counts: once no other
 * case was filed later than that, it is found. */
async function declaredLast(screen: LawScreen, newest: readonly Row[]): Promise<Outcome<Declared | undefined>> {
  let last: Declared | undefined;
  for (const row of newest.slice(0, looksMax)) {
    if (last && last.on >= (row.filed ?? '')) break;
    const found = await caseOf(row);
    if (!found.ok) return found;
    const level = levelOf(screen, valuesOf(found.data.case.facts));
    if (level === undefined) continue;
    const on = found.data.case.facts.find((fact) => fact.path === screen.fact(level))?.on ?? row.opened;
    if (!last || on > last.on) last = { row, of: found.data.case, on };
  }
  return { ok: true, data: last, response: new Response() };
}

async function staffOf(rows: readonly Row[]): Promise<Outcome<Staff | null>> {
  const [share, workers] = await Promise.all([lawScreen('share'), lawScreen('workers')]);
  if (!share.ok) return share;
  const newest = newestOf(rows, workers.ok ? [workers.data.of] : []);
  const last = await declaredLast(share.data, newest);
  if (!last.ok) return last;
  if (!last.data) return { ...last, data: null };
  const { row, of, on } = last.data;
  const values = valuesOf(of.facts);
  const permitted = workers.ok ? await permittedSince(share.data, workers.data.fact('until'), of, newest, on) : 0;
  const foreign = share.data.facts(levelOf(share.data, values) ?? 'upper')[1] ?? '';
  const single = { ...values.single, [foreign]: String(Number(values.single[foreign] ?? 0) + permitted) };
  return { ...last, data: { values: { ...values, single }, permitted, on, row } };
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
