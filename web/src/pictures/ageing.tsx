/** How much time a queue has left: a bar for each stretch of days. */
import type { JSX } from 'preact';
import { fillOf, Patterns, Picture, type Pattern } from './frame';
import { dayNumber, say, type Language, type Say } from './say';
import { wordsOf } from './words';

export type Bin = 'late' | 'today' | 'two' | 'five' | 'ten' | 'later' | 'none';

export interface AgeingProps {
  language: Language;
  today: string;
  /** The last days of the cases that wait; undefined: the law sets none. */
  due: (string | undefined)[];
  links?: Partial<Record<Bin, string>>;
  file?: string;
}

const order: Bin[] = ['late', 'today', 'two', 'five', 'ten', 'later', 'none'];

export function binOf(today: string, due: string | undefined): Bin {
  if (due === undefined) return 'none';
  const left = dayNumber(due) - dayNumber(today);
  if (left < 0) return 'late';
  if (left === 0) return 'today';
  return left <= 2 ? 'two' : left <= 5 ? 'five' : left <= 10 ? 'ten' : 'later';
}

export function counted(today: string, due: (string | undefined)[]): { bin: Bin; cases: number }[] {
  const counts = new Map<Bin, number>();
  for (const one of due) counts.set(binOf(today, one), (counts.get(binOf(today, one)) ?? 0) + 1);
  return order.filter((bin) => bin !== 'none' || counts.has(bin)).map((bin) => ({ bin, cases: counts.get(bin) ?? 0 }));
}

const rowHeight = 30;
const patternOf = (bin: Bin): Pattern => (bin === 'late' ? 'late' : bin === 'today' || bin === 'two' ? 'hatched' : 'full');

interface Row {
  bin: Bin;
  cases: number;
  label: string;
  href?: string | undefined;
}

function drawBars(rows: Row[], speak: Say, width: number, prefix: string): JSX.Element {
  const most = Math.max(1, ...rows.map((row) => row.cases));
  const left = 104;
  return (
    <>
      <Patterns prefix={prefix} />
      {rows.map((row, i) => {
        const wide = (row.cases / most) * (width - left - 48);
        const y = i * rowHeight;
        const label = <text x={left - 10} y={y + 19} class={row.href ? 'p-text p-link' : 'p-text'} text-anchor="end">{row.label}</text>;
        return (
          <g key={row.bin}>
            {row.href && row.cases > 0 ? <a href={row.href}>{label}</a> : label}
            <rect x={left} y={y + 5} width={Math.max(row.cases > 0 ? 2 : 0, wide)} height={20} rx={2} {...fillOf(patternOf(row.bin), prefix)} />
            <text x={left + wide + 8} y={y + 20} class="p-text p-strong">{speak.number(row.cases)}</text>
          </g>
        );
      })}
      <line x1={left} x2={left} y1={0} y2={rows.length * rowHeight} class="p-axis" />
    </>
  );
}

export function Ageing({ language, today, due, links = {}, file = 'queue' }: AgeingProps): JSX.Element {
  const words = wordsOf(language).ageing;
  const speak = say(language);
  if (due.length === 0) return <p class="picture-empty">{words.empty}</p>;
  const rows: Row[] = counted(today, due).map(({ bin, cases }) => ({ bin, cases, label: words.bins[bin], href: links[bin] }));
  const count = (...bins: Bin[]) => rows.filter((row) => bins.includes(row.bin)).reduce((sum, row) => sum + row.cases, 0);
  return (
    <Picture
      language={language} name={words.name} sentence={words.sentence(speak, { all: due.length, late: count('late'), soon: count('today', 'two') })}
      file={file} hasLinks={rows.some((row) => row.href !== undefined)} height={rows.length * rowHeight} mostWidth={720}
      table={{
        columns: [{ label: words.when }, { label: words.cases, isNumber: true }],
        rows: rows.map((row) => [row.label, row.href ? { text: row.cases, href: row.href } : row.cases]),
      }}
      draw={(width, _, prefix) => drawBars(rows, speak, width, prefix)}
    />
  );
}
