/** Where the places of one quota are: used, held, free, and in reserve. */
import type { JSX } from 'preact';
import { fillOf, Legend, Patterns, Picture, type LegendItem, type Pattern } from './frame';
import { say, type Language } from './say';
import type { Table } from './table';
import { wordsOf, type Balance } from './words';

export interface QuotaBarProps {
  language: Language;
  balance: Balance;
  /** What the figures come from: the cases or postings behind each part. */
  links?: Partial<Record<'used' | 'held' | 'free' | 'reserve', string>>;
  file?: string;
  name?: string;
}

interface Part {
  key: 'used' | 'held' | 'free' | 'reserve';
  places: number;
  pattern: Pattern;
}

export function partsOf(balance: Balance): Part[] {
  const parts: Part[] = [
    { key: 'used', places: balance.used, pattern: 'full' },
    { key: 'held', places: balance.held, pattern: 'hatched' },
    { key: 'free', places: balance.free, pattern: 'empty' },
  ];
  if (balance.reserve) parts.push({ key: 'reserve', places: balance.reserve, pattern: 'dotted' });
  return parts;
}

/** Widths in pixels that fill the bar; what is there at all is never thinner than two pixels. */
export function widths(places: number[], width: number): number[] {
  const whole = places.reduce((sum, n) => sum + n, 0);
  if (whole === 0) return places.map(() => 0);
  const least = places.map((n) => (n > 0 ? Math.max(2, (n / whole) * width) : 0));
  const over = least.reduce((sum, n) => sum + n, 0) / width;
  return least.map((n) => n / over);
}

function drawBar(parts: Part[], width: number, prefix: string): JSX.Element {
  const wide = widths(parts.map((part) => part.places), width - 2);
  let x = 1;
  return (
    <>
      <Patterns prefix={prefix} />
      {parts.map((part, i) => {
        const at = x;
        x += wide[i] ?? 0;
        return <rect key={part.key} x={at} y={1} width={wide[i]} height={26} {...fillOf(part.pattern, prefix)} />;
      })}
      <rect x={1} y={1} width={width - 2} height={26} rx={3} class="p-frame" />
    </>
  );
}

export function QuotaBar({ language, balance, links = {}, file = 'quota', name }: QuotaBarProps): JSX.Element {
  const words = wordsOf(language).quota;
  const speak = say(language);
  const parts = partsOf(balance);
  if (balance.limit + (balance.reserve ?? 0) === 0) return <p class="picture-empty">{words.empty}</p>;
  const legend: LegendItem[] = parts.map(({ key, places, pattern }) => ({
    pattern, label: words[key], value: speak.number(places), ...(links[key] ? { href: links[key] } : {}),
  }));
  const table: Table = {
    columns: [{ label: words.kind }, { label: words.places, isNumber: true }],
    rows: [
      ...parts.map(({ key, places }) => [words[key], links[key] ? { text: places, href: links[key] } : places]),
      [words.limit, balance.limit],
    ],
  };
  return (
    <Picture
      language={language} name={name ?? words.name} sentence={words.sentence(speak, balance)} table={table} file={file} height={28}
      legend={<Legend items={legend} />} draw={(width, _, prefix) => drawBar(parts, width, prefix)}
    />
  );
}
