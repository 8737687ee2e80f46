import type { Schemas } from '../../api/client';
import { Ageing } from '../../pictures';
import { language } from '../../words/words';

/** How much waits, by the days that are left. */
export default function Load({ rows, today }: { rows: Schemas['Cases']['cases']; today: string }) {
  const filed = rows.filter((row) => row.filed !== undefined);
  return <section class="section"><Ageing language={language.value} today={today} due={filed.map((row) => row.late ?? row.due)} /></section>;
}
