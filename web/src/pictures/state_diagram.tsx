/** The way of a case through the states of its procedure, drawn from what the law declares; the state in which it stands is marked. */
import type { JSX } from 'preact';
import { Picture, wrapped } from './frame';
import { say, type Language } from './say';
import { edgesOf, layered, type Edge, type Placed, type StateOf } from './state_layout';
import { wordsOf } from './words';

export interface StateDiagramProps {
  language: Language;
  states: StateOf[];
  /** Missing: the procedure is shown, no case. */
  current?: string;
  /** States that the case has passed through. */
  past?: string[];
  file?: string;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  placed: Placed;
}

const gapX = 30;
const gapY = 44;
const boxHeight = 52;
const leastBox = 104;
const mostBox = 180;
const arcs = 46;

/** Side by side where there is room for every rank, else one below the other with the ways at the side. */
export function boxesOf(placed: Placed[], width: number): { boxes: Map<string, Box>; isList: boolean; height: number } {
  const perRank = new Map<number, number>();
  for (const one of placed) perRank.set(one.rank, (perRank.get(one.rank) ?? 0) + 1);
  const widest = Math.max(1, ...perRank.values());
  const room = (width - gapX * (widest - 1)) / widest;
  const isList = room < leastBox;
  const boxes = new Map<string, Box>();
  if (isList) {
    placed.forEach((one, i) => boxes.set(one.state.state, { x: 0, y: i * (boxHeight + 12), width: width - arcs, height: boxHeight, placed: one }));
    return { boxes, isList, height: placed.length * (boxHeight + 12) };
  }
  const size = Math.min(mostBox, room);
  for (const one of placed) {
    const count = perRank.get(one.rank) ?? 1;
    const left = (width - count * size - (count - 1) * gapX) / 2;
    boxes.set(one.state.state, { x: left + one.place * (size + gapX), y: one.rank * (boxHeight + gapY), width: size, height: boxHeight, placed: one });
  }
  const ranks = Math.max(0, ...placed.map((one) => one.rank)) + 1;
  return { boxes, isList, height: ranks * (boxHeight + gapY) - gapY + 4 };
}

function mostWidthOf(placed: Placed[]): number {
  return Math.max(480, (Math.max(0, ...placed.map((one) => one.place)) + 1) * (mostBox + gapX));
}

function wayBeside(from: Box, to: Box): string {
  const x = from.x + from.width;
  const y1 = from.y + from.height / 2 + (to.y > from.y ? 8 : -8);
  const y2 = to.y + to.height / 2 + (to.y > from.y ? -8 : 8);
  const bend = Math.min(arcs - 8, 12 + Math.abs(y2 - y1) / 14);
  return `M${x} ${y1}C${x + bend} ${y1} ${x + bend} ${y2} ${x + 5} ${y2}`;
}

function wayDown(from: Box, to: Box): string {
  const x1 = from.x + from.width / 2;
  const x2 = to.x + to.width / 2;
  if (to.placed.rank > from.placed.rank) {
    const y1 = from.y + from.height;
    const y2 = to.y - 5;
    const middle = (y2 - y1) / 2;
    return `M${x1} ${y1}C${x1} ${y1 + middle} ${x2} ${y2 - middle} ${x2} ${y2}`;
  }
  if (to.placed.rank === from.placed.rank) {
    const side = x2 > x1 ? 1 : -1;
    const y = from.y + from.height / 2;
    const start = side > 0 ? from.x + from.width : from.x;
    const end = side > 0 ? to.x - 5 : to.x + to.width + 5;
    return `M${start} ${y}C${start + side * 8} ${y + 14} ${end - side * 8} ${y + 14} ${end} ${y}`;
  }
  const y1 = from.y;
  const y2 = to.y + to.height + 5;
  return `M${x1 + 16} ${y1}C${x1 + 16} ${y1 - 22} ${x2 + 16} ${y2 + 22} ${x2 + 16} ${y2}`;
}

function drawBox(box: Box, props: StateDiagramProps): JSX.Element {
  const { state } = box.placed;
  const words = wordsOf(props.language).states;
  const isCurrent = state.state === props.current;
  const kind = isCurrent ? 'is-current' : props.past?.includes(state.state) ? 'is-past' : 'is-plain';
  const note = isCurrent ? words.here : '';
  const lines = wrapped(state.label, box.width - 16, note ? 1 : 2);
  const middle = box.y + box.height / 2 - ((lines.length + (note ? 1 : 0) - 1) * 16) / 2 + 4.5;
  return (
    <g key={state.state} class={`state ${kind}`}>
      <rect x={box.x + 1} y={box.y + 1} width={box.width - 2} height={box.height - 2} rx={state.final ? 24 : 6} />
      {state.final && <rect x={box.x + 4} y={box.y + 4} width={box.width - 8} height={box.height - 8} rx={21} class="state-inner" />}
      {lines.map((line, i) => <text key={i} x={box.x + box.width / 2} y={middle + i * 16} text-anchor="middle" class="p-text">{line}</text>)}
      {note && <text x={box.x + box.width / 2} y={middle + lines.length * 16} text-anchor="middle" class="p-text p-small">{note}</text>}
    </g>
  );
}

function drawEdge(edge: Edge, boxes: Map<string, Box>, isList: boolean, current: string | undefined, prefix: string): JSX.Element | null {
  const from = boxes.get(edge.from);
  const to = boxes.get(edge.to);
  if (!from || !to) return null;
  const isNext = edge.from === current;
  return (
    <path key={`${edge.from} ${edge.to}`} d={isList ? wayBeside(from, to) : wayDown(from, to)} class={isNext ? 'state-way is-next' : 'state-way'}
      marker-end={`url(#${prefix}${isNext ? 'next' : 'end'})`}>
      <title>{edge.labels.join(', ')}</title>
    </path>
  );
}

function Heads({ prefix }: { prefix: string }): JSX.Element {
  return (
    <defs>
      {['end', 'next'].map((kind) => (
        <marker key={kind} id={`${prefix}${kind}`} viewBox="0 0 8 8" refX="4" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto">
          <path d="M0 0L8 4L0 8Z" class={`state-head is-${kind}`} />
        </marker>
      ))}
    </defs>
  );
}

export function StateDiagram(props: StateDiagramProps): JSX.Element {
  const { language, states, current, file = 'states' } = props;
  const words = wordsOf(language);
  const speak = say(language);
  const placed = layered(states);
  const edges = edgesOf(states);
  const here = states.find((one) => one.state === current);
  const labelOf = (name: string) => states.find((one) => one.state === name)?.label ?? name;
  const sentence = here
    ? words.states.sentence(speak, { current: here.label, next: here.actions.length, isFinal: here.final })
    : words.states.whole(speak, { states: states.length, final: states.filter((one) => one.final).length });
  return (
    <Picture
      language={language} name={words.states.name} sentence={sentence} file={file} height={(width) => boxesOf(placed, width).height} mostWidth={mostWidthOf(placed)}
      table={{
        columns: [{ label: words.states.from }, { label: words.states.act }, { label: words.states.to }],
        rows: states.flatMap((one) =>
          one.actions.length === 0
            ? [[one.label, `(${words.states.end})`, '']]
            : one.actions.map((action) => [one.label + (one.state === current ? ` (${words.states.here})` : ''), action.label, labelOf(action.to)])),
      }}
      draw={(width, _, prefix) => {
        const { boxes, isList } = boxesOf(placed, width);
        const sorted = [...edges].sort((a, b) => Number(a.from === current) - Number(b.from === current));
        return (
          <>
            <Heads prefix={prefix} />
            {sorted.map((edge) => drawEdge(edge, boxes, isList, current, prefix))}
            {[...boxes.values()].map((box) => drawBox(box, props))}
          </>
        );
      }}
    />
  );
}
