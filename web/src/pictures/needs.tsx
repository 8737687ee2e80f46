/** How great each need of a family was, and is now: a hollow mark, an arrow, a full one. */
import type { JSX } from 'preact';
import { fitted, Picture } from './frame';
import { say, type Language } from './say';
import { wordsOf } from './words';

export interface Need {
  label: string;
  before: number;
  /** Missing: not looked at again. */
  after?: number;
}

export interface NeedsProps {
  language: Language;
  needs: Need[];
  /** The greatest that a need can be. */
  most: number;
  file?: string;
}

const rowHeight = 34;
const top = 22;

export function compared(needs: Need[]): { better: number; worse: number; same: number } {
  const looked = needs.filter((need) => need.after !== undefined) as Required<Need>[];
  return {
    better: looked.filter((need) => need.after < need.before).length,
    worse: looked.filter((need) => need.after > need.before).length,
    same: looked.filter((need) => need.after === need.before).length + (needs.length - looked.length),
  };
}

function drawNeeds(needs: Need[], most: number, width: number, height: number): JSX.Element {
  const left = Math.min(220, Math.floor(width * 0.42));
  const x = (n: number) => left + 12 + (n / Math.max(1, most)) * (width - left - 28);
  return (
    <>
      {Array.from({ length: most + 1 }, (_, n) => (
        <g key={n}>
          <line x1={x(n)} x2={x(n)} y1={top - 4} y2={height} class="p-grid" />
          <text x={x(n)} y={12} class="p-text p-small" text-anchor="middle">{n}</text>
        </g>
      ))}
      {needs.map((need, i) => {
        const y = top + i * rowHeight + 16;
        const after = need.after;
        const side = after !== undefined && after < need.before ? -1 : 1;
        return (
          <g key={need.label}>
            <text x={left} y={y + 4} class="p-text" text-anchor="end">{fitted(need.label, left - 6)}</text>
            {after !== undefined && after !== need.before && (
              <path d={`M${x(need.before) + side * 8} ${y}H${x(after) - side * 10}m${-side * 6} -5l${side * 6} 5l${-side * 6} 5`} class="p-arrow" />
            )}
            <circle cx={x(need.before)} cy={y} r={7} class="p-hollow" />
            {after !== undefined && <circle cx={x(after)} cy={y} r={after === need.before ? 4 : 7} class={after > need.before ? 'p-late' : 'p-used'} />}
          </g>
        );
      })}
    </>
  );
}

export function Needs({ language, needs, most, file = 'needs' }: NeedsProps): JSX.Element {
  const words = wordsOf(language);
  const speak = say(language);
  if (needs.length === 0) return <p class="picture-empty">{words.needs.empty}</p>;
  return (
    <Picture
      language={language} name={words.needs.name} sentence={words.needs.sentence(speak, { all: needs.length, ...compared(needs) })} file={file}
      height={top + needs.length * rowHeight} mostWidth={720}
      legend={
        <ul class="picture-legend">
          <li><svg width="20" height="16" aria-hidden="true"><circle cx="10" cy="8" r="6" class="p-hollow" /></svg><span>{words.needs.before}</span></li>
          <li><svg width="20" height="16" aria-hidden="true"><circle cx="10" cy="8" r="6" class="p-used" /></svg><span>{words.needs.after}</span></li>
          <li><span>{words.needs.scale(speak, most)}</span></li>
        </ul>
      }
      table={{
        columns: [{ label: words.needs.need }, { label: words.needs.before, isNumber: true }, { label: words.needs.after, isNumber: true }],
        rows: needs.map((need) => [need.label, need.before, need.after ?? '']),
      }}
      draw={(width, height) => drawNeeds(needs, most, width, height)}
    />
  );
}
