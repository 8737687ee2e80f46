import { ExpiryTimeline } from '../../pictures';
import { language } from '../../words/words';
import type { Row } from './my_cases';

/** What ends when, along a year. */
export default function Expiries({ rows, today }: { rows: readonly Row[]; today: string }) {
  const items = rows.flatMap((row) => (row.due ? [{ label: `${row.label ?? row.procedure}: ${row.state_label ?? row.state}`, until: row.due, href: `/app/cases/${row.id}` }] : []));
  return <section class="section"><ExpiryTimeline language={language.value} today={today} items={items} /></section>;
}
