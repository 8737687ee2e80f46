import { api } from '../../api/client';
import { useData } from '../../api/data';
import { outcome, type Outcome } from '../../api/problem';
import { lawScreen } from '../../api/law_screen';
import Share, { levelOf } from '../../case/share';
import { valuesOf, type Values } from '../../form/values';
import { formatDate, t } from '../../words/words';
import type { Row } from './my_cases';

/** So many of the newest cases are looked into for what the employer said of its staff. */
const looksMax = 5;

interface Staff {
  values: Values;
  row: Row;
}

async function staffOf(rows: readonly Row[]): Promise<Outcome<Staff | null>> {
  const screen = await lawScreen('share');
  if (!screen.ok) return screen;
  const newest = rows.filter((row) => row.filed).sort((a, b) => (b.filed ?? '').localeCompare(a.filed ?? ''));
  for (const row of newest.slice(0, looksMax)) {
    const seen = await outcome(api.GET('/api/v1/cases/{case}', { params: { path: { case: row.id } } }));
    if (!seen.ok) return seen;
    const values = valuesOf(seen.data.case.facts);
    if (levelOf(screen.data, values) !== undefined) return { ok: true, data: { values, row }, response: seen.response };
  }
  return { ok: true, data: null, response: new Response() };
}

/** How many more foreigners the share of citizens leaves room for, by what the employer last said of its staff. */
export default function Hiring({ rows, today }: { rows: readonly Row[]; today: string }) {
  const staff = useData(() => staffOf(rows), [rows.map((row) => row.id + row.version).join(' ')]);
  if (!staff.data) return null;
  return (
    <section class="section">
      <h2>{t('desk.hiring')}</h2>
      <p class="quiet">
        {t('desk.hiring_text', { date: formatDate(staff.data.row.filed ?? today) })} <a href={`/app/cases/${staff.data.row.id}`}>{staff.data.row.id}</a>.{' '}
        {t('desk.hiring_since')}
      </p>
      <Share values={staff.data.values} on={today} />
    </section>
  );
}
