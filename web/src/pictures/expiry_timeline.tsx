/** What runs out within a year: one lane for each, the first to end on top. */
import type { JSX } from 'preact';
import { fitted, Picture } from './frame';
import { dayNumber, isoDay, say, type Language, type Say } from './say';
import { wordsOf } from './words';

export interface Expiring {
  label: string;
  until: string;
  href?: string;
}

export interface ExpiryTimelineProps {
  language: Language;
  today: string;
  items: Expiring[];
  file?: string;
}

/** Drawn; the table holds all. */
export const mostLanes = 16;
const laneHeight = 26;
const top = 24;
const soonDays = 30;
const shownDays = 365;

export function firstToEnd(items: Expiring[]): Expiring[] {
  return [...items].sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : a.label < b.label ? -1 : 1));
}

/** First days of months within the year to come. */
export function monthStarts(today: string, days: number): { day: number; month: number }[] {
  const first = dayNumber(today);
  const found: { day: number; month: number }[] = [];
  for (let day = first; day <= first + days; ++day) {
    const iso = isoDay(day);
    if (iso.endsWith('-01')) found.push({ day, month: Number(iso.slice(5, 7)) - 1 });
  }
  return found;
}

function drawLanes(lanes: Expiring[], today: string, speak: Say, width: number, height: number): JSX.Element {
  const first = dayNumber(today);
  const left = Math.min(190, Math.floor(width * 0.42));
  const place = (day: number) => left + (Math.min(shownDays, Math.max(0, day - first)) / shownDays) * (width - left - 12);
  const step = width < 480 ? 3 : 1;
  return (
    <>
      {monthStarts(today, shownDays).filter((_, i) => i % step === 0).map(({ day, month }) => (
        <g key={day}>
          <line x1={place(day)} x2={place(day)} y1={top - 4} y2={height} class="p-grid" />
          <text x={place(day)} y={12} class="p-text p-small" text-anchor="middle">{speak.month(month)}</text>
        </g>
      ))}
      {lanes.map((item, i) => {
        const y = top + i * laneHeight;
        const end = place(dayNumber(item.until));
        const days = dayNumber(item.until) - first;
        const label = <text x={0} y={y + 16} class={item.href ? 'p-text p-link' : 'p-text'}>{fitted(item.label, left - 12)}</text>;
        return (
          <g key={`${item.label}${item.until}`}>
            {item.href ? <a href={item.href}>{label}</a> : label}
            <rect x={left} y={y + 6} width={Math.max(2, end - left)} height={10} rx={2} class={days < 0 ? 'p-late' : days <= soonDays ? 'p-held' : 'p-used'} />
            {days < 0
              ? <path d={`M${left - 1} ${y + 4}l8 14m0-14l-8 14`} class="p-mark" />
              : <circle cx={end} cy={y + 11} r={5} class="p-dot" />}
          </g>
        );
      })}
      <line x1={left} x2={left} y1={top - 6} y2={height} class="p-now" />
    </>
  );
}

export function ExpiryTimeline({ language, today, items, file = 'expiry' }: ExpiryTimelineProps): JSX.Element {
  const words = wordsOf(language).expiry;
  const speak = say(language);
  if (items.length === 0) return <p class="picture-empty">{words.empty}</p>;
  const sorted = firstToEnd(items);
  const left = (item: Expiring) => dayNumber(item.until) - dayNumber(today);
  const lanes = sorted.slice(0, mostLanes);
  const next = sorted.find((item) => left(item) >= 0);
  const sentence = words.sentence(speak, {
    count: items.length, past: items.filter((item) => left(item) < 0).length, next,
    soon: items.filter((item) => left(item) >= 0 && left(item) <= soonDays).length,
  });
  return (
    <Picture
      language={language} name={words.name} sentence={sentence} file={file} hasLinks={lanes.some((item) => item.href !== undefined)}
      height={top + lanes.length * laneHeight} mostWidth={960}
      table={{
        columns: [{ label: words.what }, { label: words.until }, { label: words.left, isNumber: true }],
        rows: sorted.map((item) => [item.href ? { text: item.label, href: item.href } : item.label, item.until, left(item) < 0 ? words.past : left(item)]),
      }}
      draw={(width, height) => drawLanes(lanes, today, speak, width, height)}
    />
  );
}
