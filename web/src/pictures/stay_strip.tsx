/** The days of a moving window in which somebody was in the country: 180 cells, and what a journey would add. */
import type { JSX } from 'preact';
import { fillOf, Legend, Patterns, Picture } from './frame';
import { dayNumber, isoDay, say, type Language, type Say } from './say';
import { wordsOf } from './words';

export interface Stay {
  from: string;
  /** The last day; missing: still here. */
  until?: string;
}

export interface StayStripProps {
  language: Language;
  today: string;
  stays: Stay[];
  /** A journey that is only tried out. The window then ends with its last day. */
  whatIf?: Stay;
  window?: number;
  allowed?: number;
  file?: string;
}

export type DayKind = 'present' | 'planned' | 'away';

export interface StayCount {
  first: number;
  days: DayKind[];
  used: number;
  planned: number;
}

function spans(stay: Stay, day: number, today: number): boolean {
  const end = stay.until ? dayNumber(stay.until) : Math.max(today, dayNumber(stay.from));
  return dayNumber(stay.from) <= day && day <= end;
}

/** Every day of the window once, however many stays touch it. */
export function countStays(today: string, stays: Stay[], whatIf: Stay | undefined, window: number): StayCount {
  const now = dayNumber(today);
  const last = whatIf?.until ? Math.max(now, dayNumber(whatIf.until)) : now;
  const first = last - window + 1;
  const days = Array.from({ length: window }, (_, i): DayKind => {
    const day = first + i;
    if (stays.some((stay) => spans(stay, day, now))) return 'present';
    return whatIf && spans(whatIf, day, last) ? 'planned' : 'away';
  });
  return { first, days, used: days.filter((kind) => kind !== 'away').length, planned: days.filter((kind) => kind === 'planned').length };
}

const cellHeight = 22;
const rowGap = 22;
const patterns = { present: 'full', planned: 'hatched', away: 'empty' } as const;

/** One row on a wide screen, more on a narrow one: a cell stays at least three pixels wide. */
export function rowsFor(width: number, window: number): number {
  return Math.max(1, Math.ceil((window * 3.5) / width));
}

function drawStrip(count: StayCount, speak: Say, width: number, prefix: string): JSX.Element {
  const rows = rowsFor(width, count.days.length);
  const perRow = Math.ceil(count.days.length / rows);
  const wide = width / perRow;
  return (
    <>
      <Patterns prefix={prefix} />
      {count.days.map((kind, i) => {
        const row = Math.floor(i / perRow);
        const x = (i % perRow) * wide;
        const y = row * (cellHeight + rowGap) + 18;
        const iso = isoDay(count.first + i);
        const isFirst = iso.endsWith('-01');
        return (
          <g key={iso}>
            <rect x={x} y={y} width={Math.max(1, wide - 0.75)} height={cellHeight} {...fillOf(patterns[kind], prefix)} />
            {isFirst && <line x1={x} x2={x} y1={y - 4} y2={y + cellHeight} class="p-mark-thin" />}
            {isFirst && x < width - 24 && <text x={x + 2} y={y - 5} class="p-text p-small">{speak.month(Number(iso.slice(5, 7)) - 1)}</text>}
          </g>
        );
      })}
    </>
  );
}

export function StayStrip(props: StayStripProps): JSX.Element {
  const { language, today, stays, whatIf, window = 180, allowed = 90, file = 'stay' } = props;
  const words = wordsOf(language).stay;
  const speak = say(language);
  const count = countStays(today, stays, whatIf, window);
  const over = count.used - allowed;
  const sentence = words.sentence(speak, { used: count.used, allowed, window, planned: count.planned }) + (over > 0 ? ` ${words.tooLong(speak, over)}` : '');
  const rows = [...stays.map((stay) => ({ stay, kind: words.present })), ...(whatIf ? [{ stay: whatIf, kind: words.planned }] : [])];
  return (
    <Picture
      language={language} name={words.name} sentence={sentence} file={file}
      height={(width) => rowsFor(width, window) * (cellHeight + rowGap)} mostWidth={960}
      table={{
        columns: [{ label: words.kind }, { label: words.from }, { label: words.until }, { label: words.days, isNumber: true }],
        rows: rows.map(({ stay, kind }) => [kind, stay.from, stay.until ?? today, dayNumber(stay.until ?? today) - dayNumber(stay.from) + 1]),
      }}
      legend={<Legend items={[
        { pattern: 'full', label: words.present, value: speak.number(count.used - count.planned) },
        ...(whatIf ? [{ pattern: 'hatched' as const, label: words.planned, value: speak.number(count.planned) }] : []),
        { pattern: 'empty', label: words.away, value: speak.number(window - count.used) },
      ]} />}
      draw={(width, _, prefix) => drawStrip(count, speak, width, prefix)}
    />
  );
}
