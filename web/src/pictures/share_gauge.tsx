/** The share of local staff against the least that the law asks for (70 or 90 of 100). */
import type { JSX } from 'preact';
import { fillOf, Legend, Patterns, Picture } from './frame';
import { percentOf, say, type Language } from './say';
import { wordsOf } from './words';

export interface ShareGaugeProps {
  language: Language;
  local: number;
  foreign: number;
  /** In percent. */
  least: number;
  /** How many more may be hired from abroad, as the law says; not computed here. */
  mayHire?: number;
  file?: string;
}

/** The point at a share of the half ring, from 0 on the left to 100 on the right. */
export function onRing(percent: number, x: number, y: number, radius: number): [number, number] {
  const angle = Math.PI * (1 - Math.min(100, Math.max(0, percent)) / 100);
  return [x + radius * Math.cos(angle), y - radius * Math.sin(angle)];
}

function arc(from: number, to: number, x: number, y: number, outer: number, inner: number): string {
  const [ax, ay] = onRing(from, x, y, outer);
  const [bx, by] = onRing(to, x, y, outer);
  const [cx, cy] = onRing(to, x, y, inner);
  const [dx, dy] = onRing(from, x, y, inner);
  const at = (n: number) => n.toFixed(2);
  return `M${at(ax)} ${at(ay)}A${outer} ${outer} 0 0 1 ${at(bx)} ${at(by)}L${at(cx)} ${at(cy)}A${inner} ${inner} 0 0 0 ${at(dx)} ${at(dy)}Z`;
}

/** In a smaller ring "100 %" would reach its edge. */
const roomyMin = 85;

function drawGauge(share: number, least: number, label: string, note: string, width: number, prefix: string): JSX.Element {
  const x = width / 2;
  const outer = Math.min(130, width / 2 - 50);
  const inner = outer - 30;
  const y = outer + 26;
  const [tx, ty] = onRing(least, x, y, outer + 6);
  // The needle ends with the ring: what is inside belongs to the number.
  const [ux, uy] = onRing(least, x, y, inner);
  const [lx, ly] = onRing(least, x, y, outer + 14);
  return (
    <>
      <Patterns prefix={prefix} />
      <path d={arc(0, 100, x, y, outer, inner)} class="p-free p-outline" />
      {share > 0 && <path d={arc(0, share, x, y, outer, inner)} {...fillOf(share >= least ? 'full' : 'hatched', prefix)} />}
      <line x1={tx} y1={ty} x2={ux} y2={uy} class="p-mark-edge" />
      <line x1={tx} y1={ty} x2={ux} y2={uy} class="p-mark" />
      <text x={lx} y={ly} class="p-text p-strong" text-anchor={least > 50 ? 'start' : 'end'}>{note}</text>
      <text x={x} y={y - 14} class={`p-text p-big${inner < roomyMin ? ' is-narrow' : ''}`} text-anchor="middle">{label}</text>
    </>
  );
}

export function ShareGauge({ language, local, foreign, least, mayHire, file = 'share' }: ShareGaugeProps): JSX.Element {
  const words = wordsOf(language).gauge;
  const speak = say(language);
  if (local + foreign === 0) return <p class="picture-empty">{words.nobody}</p>;
  const share = percentOf(local, local + foreign);
  return (
    <Picture
      language={language} name={words.name} sentence={words.sentence(speak, { local, foreign, least, mayHire })} file={file}
      mostWidth={360} height={(width) => Math.min(130, width / 2 - 50) + 38}
      table={{
        columns: [{ label: words.group }, { label: words.people, isNumber: true }],
        rows: [[words.local, local], [words.foreign, foreign], [words.least, speak.percent(least, 100)]],
      }}
      legend={<Legend items={[
        { pattern: share >= least ? 'full' : 'hatched', label: words.local, value: speak.number(local) },
        { pattern: 'empty', label: words.foreign, value: speak.number(foreign) },
      ]} />}
      draw={(width, _, prefix) => drawGauge(share, least, speak.percent(local, local + foreign), speak.percent(least, 100), width, prefix)}
    />
  );
}
