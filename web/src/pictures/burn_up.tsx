/** How the quota of a year is used up, week by week, against the year before. */
import type { JSX } from 'preact';
import { Legend, Picture } from './frame';
import { dayNumber, say, type Language, type Say } from './say';
import { wordsOf, type PictureWords } from './words';

export interface Week {
  monday: string;
  limit: number;
  held: number;
  committed: number;
}

export interface BurnUpProps {
  language: Language;
  year: number;
  today: string;
  /** As the server tells them: only weeks in which something was posted. */
  weeks: Week[];
  lastYear: Week[];
  file?: string;
}

const weeksOfYear = 53;

/** From 1: the week of the year in which the day lies, weeks beginning on the year's first day's Monday. */
export function weekOf(iso: string, year: number): number {
  const newYear = dayNumber(`${year}-01-01`);
  const firstMonday = newYear - ((newYear + 3) % 7);
  return Math.min(weeksOfYear, Math.max(1, Math.floor((dayNumber(iso) - firstMonday) / 7) + 1));
}

/** One value a week up to `until`; a week without postings stands as the one before. What was posted before the year is its beginning. */
export function filled(weeks: Week[], year: number, until: number): { used: number; limit: number }[] {
  const byWeek = new Map<number, Week>();
  for (const week of weeks) byWeek.set(weekOf(week.monday, year), week);
  let last = { used: 0, limit: 0 };
  return Array.from({ length: until }, (_, i) => {
    const found = byWeek.get(i + 1);
    if (found) last = { used: found.committed, limit: found.limit };
    return last;
  });
}

export interface Lines {
  now: { used: number; limit: number }[];
  before: { used: number; limit: number }[];
  limit: number;
}

const edge = { left: 52, right: 12, top: 12, bottom: 26 };

/** About four round steps up to `most`. */
export function ticks(most: number): number[] {
  const rough = Math.max(1, most / 4);
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * ten).find((n) => n >= rough) ?? ten * 10);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}

/** Where little of a great quota is used, the use is drawn large and the quota named above: else both lines would lie on the ground. */
export function scaleOf(lines: Lines): { most: number; limitShown: boolean } {
  const used = Math.max(0, ...lines.now.map((week) => week.used), ...lines.before.map((week) => week.used));
  const limitShown = used * 6 >= lines.limit;
  return { most: Math.max(4, limitShown ? Math.max(used, lines.limit) : Math.ceil(used * 1.4)), limitShown };
}

function drawLines(lines: Lines, year: number, words: PictureWords, speak: Say, width: number, height: number): JSX.Element {
  const { most, limitShown } = scaleOf(lines);
  const x = (week: number) => edge.left + (week / weeksOfYear) * (width - edge.left - edge.right);
  const y = (places: number) => height - edge.bottom - (places / most) * (height - edge.top - edge.bottom);
  const path = (weeks: { used: number }[]) => weeks.map((week, i) => `${i === 0 ? 'M' : 'H'}${x(i).toFixed(1)}${i === 0 ? ' ' : 'V'}${y(week.used).toFixed(1)}`).join('');
  const now = path(lines.now) + `H${x(lines.now.length).toFixed(1)}`;
  const monthStep = width < 480 ? 3 : 1;
  return (
    <>
      {ticks(most).map((n) => (
        <g key={n}>
          <line x1={edge.left} x2={width - edge.right} y1={y(n)} y2={y(n)} class="p-grid" />
          <text x={edge.left - 8} y={y(n) + 4} class="p-text p-small" text-anchor="end">{speak.number(n)}</text>
        </g>
      ))}
      {Array.from({ length: 12 }, (_, month) => month).filter((month) => month % monthStep === 0).map((month) => (
        <text key={month} x={x((month * weeksOfYear) / 12) + 2} y={height - 8} class="p-text p-small">{speak.month(month)}</text>
      ))}
      {lines.now.length > 0 && <path d={`${now}V${y(0)}H${x(0)}Z`} class="p-area" />}
      {lines.before.length > 0 && <path d={path(lines.before)} class="p-line-past" />}
      {lines.now.length > 0 && <path d={now} class="p-line" />}
      {limitShown && <line x1={edge.left} x2={width - edge.right} y1={y(lines.limit)} y2={y(lines.limit)} class="p-limit" />}
      <text x={limitShown ? edge.left + 6 : width - edge.right} y={limitShown ? y(lines.limit) + 15 : edge.top + 2} class="p-text p-small p-halo"
        text-anchor={limitShown ? 'start' : 'end'}>{words.burn.limit}: {speak.number(lines.limit)}{limitShown ? '' : ' ↑'}</text>
      <text x={x(lines.now.length) + 5} y={y(lines.now[lines.now.length - 1]?.used ?? 0) - 5} class="p-text p-strong p-halo"
        text-anchor={lines.now.length > 42 ? 'end' : 'start'}>{year}</text>
    </>
  );
}

export function BurnUp({ language, year, today, weeks, lastYear, file = 'burn-up' }: BurnUpProps): JSX.Element {
  const words = wordsOf(language);
  const speak = say(language);
  if (weeks.length === 0) return <p class="picture-empty">{words.burn.empty}</p>;
  const week = weekOf(today, year);
  const now = filled(weeks, year, week);
  const before = lastYear.length === 0 ? [] : filled(lastYear, year - 1, weeksOfYear);
  const current = now[week - 1] ?? { used: 0, limit: 0 };
  const then = before[week - 1];
  const told = { year, week, used: current.used, limit: current.limit };
  const sentence = then ? words.burn.sentence(speak, { ...told, before: then.used, beforeLimit: then.limit }) : words.burn.noLast(speak, told);
  return (
    <Picture
      language={language} name={words.burn.name} sentence={sentence} file={file} height={(width) => (width < 480 ? 220 : 280)} mostWidth={840}
      table={{
        columns: [{ label: words.burn.week, isNumber: true }, { label: words.burn.thisYear(year), isNumber: true }, { label: words.burn.lastYear(year - 1), isNumber: true }],
        rows: Array.from({ length: weeksOfYear }, (_, i) => [i + 1, now[i]?.used ?? '', before[i]?.used ?? '']),
      }}
      legend={<Legend items={[
        { pattern: 'line', label: words.burn.thisYear(year) },
        ...(before.length > 0 ? [{ pattern: 'dashed' as const, label: words.burn.lastYear(year - 1) }] : []),
      ]} />}
      draw={(width, height) => drawLines({ now, before, limit: current.limit }, year, words, speak, width, height)}
    />
  );
}
