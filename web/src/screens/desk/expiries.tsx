import { ExpiryTimeline } from '../../pictures';
import { language } from '../../words/words';
import type { Row } from './my_cases';

/** What ends when, along a year; and what is late, by the day on which its term ran out. */
export default function Expiries({ rows, today }: { rows: readonly Row[]; today: string }) {
  const items = rows.flatMap((row) => {
    const until = row.late ?? row.due;
    return until ? [{ label: `${row.label ?? row.procedure}: ${row.state_label ?? row.state}`, until, href: `/app/cases/${row.id}` }] : [];
  });
  return <section class="section"><ExpiryTimeline language={language.value} today={today} items={items} /></section>;
}
