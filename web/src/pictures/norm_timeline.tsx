/** The rules of one norm along time: a lane for each, exceptions set in, and the day that is looked at. */
import type { JSX } from 'preact';
import { fitted, Picture } from './frame';
import { dayNumber, say, type Language } from './say';
import { wordsOf, type PictureWords } from './words';

export interface NormRule {
  number: number;
  depth: number;
  value: string;
  when?: string;
  from?: string;
  until?: string;
  by: { text: string; confidence: string }[];
}

export interface NormTimelineProps {
  language: Language;
  /** The day that is looked at. */
  on: string;
  rules: NormRule[];
  hrefOf?: (rule: NormRule) => string;
  file?: string;
}

export const mostLanes = 30;
const laneHeight = 40;
const top = 26;

export function isInForce(rule: { from?: string; until?: string }, on: string): boolean {
  return (rule.from === undefined || rule.from <= on) && (rule.until === undefined || on <= rule.until);
}

export interface Axis {
  first: number;
  last: number;
}

/** Whole years that hold every beginning and end, and the day that is looked at, with a year of air. */
export function axisOf(rules: { from?: string; until?: string }[], on: string): Axis {
  const years = [on, ...rules.flatMap((rule) => [rule.from, rule.until])].filter((iso) => iso !== undefined).map((iso) => Number(iso.slice(0, 4)));
  return { first: Math.max(1990, Math.min(...years) - 1), last: Math.min(2060, Math.max(...years) + 1) };
}

/** About eight years to write below. */
export function yearTicks(axis: Axis, most: number): number[] {
  const step = [1, 2, 5, 10, 20].find((n) => (axis.last - axis.first) / n <= most) ?? 20;
  const found: number[] = [];
  for (let year = Math.ceil(axis.first / step) * step; year <= axis.last; year += step) found.push(year);
  return found;
}

function laneText(rule: NormRule, words: PictureWords): string {
  return rule.when ? `${rule.value} – ${words.norm.condition} ${rule.when}` : rule.value;
}

function drawLane(rule: NormRule, i: number, place: (day: number) => number, props: NormTimelineProps, width: number): JSX.Element {
  const words = wordsOf(props.language);
  const y = top + i * laneHeight;
  const inset = Math.min(rule.depth, 4) * 14;
  const from = rule.from === undefined ? 0 : place(dayNumber(rule.from));
  const until = rule.until === undefined ? width : place(dayNumber(rule.until));
  const now = isInForce(rule, props.on);
  const text = fitted(`${rule.depth > 0 ? '↳ ' : ''}${laneText(rule, words)}`, width - inset);
  const href = props.hrefOf?.(rule);
  const label = <text x={inset} y={y + 12} class={`p-text p-halo ${href ? 'p-link' : ''} ${now ? '' : 'p-muted'}`}>{text}</text>;
  return (
    <g key={rule.number}>
      {href ? <a href={href}>{label}</a> : label}
      <rect x={from} y={y + 19} width={Math.max(3, until - from)} height={11} rx={2} class={now ? 'p-used' : 'p-free p-outline'} />
      {rule.from !== undefined && <line x1={from} x2={from} y1={y + 16} y2={y + 33} class="p-mark-thin" />}
    </g>
  );
}

function drawTimeline(props: NormTimelineProps, lanes: NormRule[], width: number, height: number): JSX.Element {
  const axis = axisOf(props.rules, props.on);
  const begin = dayNumber(`${axis.first}-01-01`);
  const end = dayNumber(`${axis.last}-12-31`);
  const place = (day: number) => (Math.min(end, Math.max(begin, day)) - begin) / (end - begin) * width;
  return (
    <>
      {yearTicks(axis, Math.max(2, Math.floor(width / 70))).map((year) => {
        const x = place(dayNumber(`${year}-01-01`));
        return (
          <g key={year}>
            <line x1={x} x2={x} y1={16} y2={height} class="p-grid" />
            <text x={x} y={12} class="p-text p-small" text-anchor={x < 14 ? 'start' : x > width - 14 ? 'end' : 'middle'}>{year}</text>
          </g>
        );
      })}
      {lanes.map((rule, i) => drawLane(rule, i, place, props, width))}
      <line x1={place(dayNumber(props.on))} x2={place(dayNumber(props.on))} y1={16} y2={height} class="p-now" />
    </>
  );
}

export function NormTimeline(props: NormTimelineProps): JSX.Element {
  const { language, on, rules, hrefOf, file = 'norm' } = props;
  const words = wordsOf(language).norm;
  const speak = say(language);
  if (rules.length === 0) return <p class="picture-empty">{words.empty}</p>;
  const lanes = rules.slice(0, mostLanes);
  return (
    <Picture
      language={language} name={words.name} file={file} hasLinks={hrefOf !== undefined} height={top + lanes.length * laneHeight} mostWidth={1000}
      sentence={words.sentence(speak, { rules: rules.length, inForce: rules.filter((rule) => isInForce(rule, on)).length, on })}
      table={{
        columns: [{ label: words.rule }, { label: words.condition }, { label: words.from }, { label: words.until }, { label: words.by }],
        rows: rules.map((rule) => [
          `${rule.number}. ${rule.depth > 0 ? `(${words.exception}) ` : ''}${rule.value}`, rule.when ?? '', rule.from ?? '', rule.until ?? '',
          rule.by.map((one) => one.text).join('; '),
        ]),
      }}
      draw={(width, height) => drawTimeline(props, lanes, width, height)}
    />
  );
}
