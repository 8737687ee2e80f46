/** What all pictures share: the sentence above, the drawing, its key, and below the table with its CSV. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { csv, download, type Cell, type Table } from './table';
import type { Language } from './say';
import { wordsOf } from './words';
import './pictures.css';

export const usualWidth = 640;
/** Below this a drawing would not be read any more; it is scrolled instead. */
export const leastWidth = 240;

/** Until the drawing is measured: what fits into the window beside the page's margins, so that nothing jumps. */
function firstWidth(): number {
  const window = typeof innerWidth === 'number' ? innerWidth : usualWidth;
  return Math.max(leastWidth, Math.min(usualWidth, window - 64));
}

/** The width that the drawing has, in CSS pixels; lettering keeps its size on a narrow screen because of it. */
function useWidth(): [preact.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(firstWidth);
  useEffect(() => {
    const box = ref.current;
    if (!box || typeof ResizeObserver === 'undefined') return;
    const measure = () => setWidth(Math.max(leastWidth, Math.floor(box.clientWidth)) || usualWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

export function CellView({ cell }: { cell: Cell }): JSX.Element {
  return typeof cell === 'object' ? <a href={cell.href}>{cell.text}</a> : <>{cell}</>;
}

export function TableView({ table, caption }: { table: Table; caption: string }): JSX.Element {
  return (
    <div class="picture-scroll" tabIndex={0} role="group" aria-label={caption}>
      <table class="picture-table">
        <caption class="picture-hidden">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th scope="col" class={column.isNumber ? 'is-number' : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, number) => (
            <tr key={number}>
              {row.map((cell, i) => (
                <td class={table.columns[i]?.isNumber ? 'is-number' : undefined}>
                  <CellView cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export interface PictureProps {
  language: Language;
  /** Its name, for those who do not see it and for the file. */
  name: string;
  /** One sentence that says what the picture shows. */
  sentence: string;
  table: Table;
  /** Of the CSV, without its ending. */
  file: string;
  /** What the patterns mean. */
  legend?: ComponentChildren;
  /** The drawing holds links: it is no single image then. */
  hasLinks?: boolean;
  height: number | ((width: number) => number);
  /** Wider, it would only be stretched. */
  mostWidth?: number;
  draw: (width: number, height: number, prefix: string) => ComponentChildren;
}

export function Picture(props: PictureProps): JSX.Element {
  const [ref, room] = useWidth();
  const width = Math.min(room, props.mostWidth ?? room);
  const id = useId();
  const height = typeof props.height === 'number' ? props.height : props.height(width);
  const words = wordsOf(props.language).frame;
  return (
    <figure class="picture" lang={props.language}>
      <figcaption id={`${id}s`} class="picture-sentence">
        {props.sentence}
      </figcaption>
      <div class="picture-drawing" ref={ref}>
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role={props.hasLinks ? 'group' : 'img'}
          aria-label={props.name}
          aria-describedby={`${id}s`}
        >
          {props.draw(width, height, id)}
        </svg>
      </div>
      {props.legend}
      <details class="picture-details">
        <summary>{words.table}</summary>
        <TableView table={props.table} caption={props.name} />
        <button type="button" class="picture-csv" onClick={() => download(`${props.file}.csv`, csv(props.table))}>
          {words.csv}
        </button>
      </details>
    </figure>
  );
}

export type Pattern = 'full' | 'hatched' | 'dotted' | 'empty' | 'late' | 'line' | 'dashed';

/** Patterns tell the parts apart without colour. Ids are made unique by the picture's own. */
export function Patterns({ prefix }: { prefix: string }): JSX.Element {
  return (
    <defs>
      <pattern id={`${prefix}hatched`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" class="p-held-back" />
        <rect width="2.5" height="6" class="p-held" />
      </pattern>
      <pattern id={`${prefix}dotted`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" class="p-free" />
        <circle cx="3" cy="3" r="1.3" class="p-reserve" />
      </pattern>
    </defs>
  );
}

export function fillOf(pattern: Pattern, prefix: string): { fill?: string; class?: string } {
  if (pattern === 'hatched' || pattern === 'dotted') return { fill: `url(#${prefix}${pattern})` };
  return { class: pattern === 'full' ? 'p-used' : pattern === 'late' ? 'p-late' : 'p-free' };
}

export interface LegendItem {
  pattern: Pattern;
  label: string;
  value?: string;
  href?: string;
}

function Swatch({ pattern }: { pattern: Pattern }): JSX.Element {
  const id = useId();
  const isLine = pattern === 'line' || pattern === 'dashed';
  return (
    <svg width="20" height="14" aria-hidden="true" class="picture-swatch">
      <Patterns prefix={id} />
      {isLine ? (
        <line x1="1" x2="19" y1="7" y2="7" class={pattern === 'line' ? 'p-line' : 'p-line-past'} />
      ) : (
        <rect x="1" y="1" width="18" height="12" rx="2" {...outlined(fillOf(pattern, id))} />
      )}
    </svg>
  );
}

function outlined(fill: { fill?: string; class?: string }): { fill?: string; class: string } {
  return { ...fill, class: `${fill.class ?? ''} p-outline` };
}

export function Legend({ items }: { items: LegendItem[] }): JSX.Element {
  return (
    <ul class="picture-legend">
      {items.map((item) => (
        <li key={item.label}>
          <Swatch pattern={item.pattern} />
          {item.href ? <a href={item.href}>{item.label}</a> : <span>{item.label}</span>}
          {item.value === undefined ? null : <strong>{item.value}</strong>}
        </li>
      ))}
    </ul>
  );
}

/** The text, cut to about so many pixels. A letter of our lettering is a little over half as wide as high. */
export function fitted(text: string, pixels: number, size = 13): string {
  const letters = Math.max(1, Math.floor(pixels / (size * 0.56)));
  const all = [...text];
  return all.length <= letters ? text : `${all.slice(0, Math.max(1, letters - 1)).join('').trimEnd()}…`;
}

/** Lines of about so many pixels, broken between words; at most `lines`. */
export function wrapped(text: string, pixels: number, lines: number, size = 13): string[] {
  const letters = Math.max(4, Math.floor(pixels / (size * 0.56)));
  const found: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= letters || line === '') {
      line = longer;
    } else {
      found.push(line);
      line = word;
    }
  }
  if (line !== '') found.push(line);
  if (found.length <= lines) return found.map((one) => fitted(one, pixels, size));
  const kept = found.slice(0, lines);
  kept[lines - 1] = `${(kept[lines - 1] ?? '').slice(0, letters - 1)}…`;
  return kept.map((one) => fitted(one, pixels, size));
}
