/** Where the states of a procedure stand: ranks by how many acts lead to them, the order within a rank by who leads there. Pure. */
export interface StateOf {
  state: string;
  label: string;
  final: boolean;
  actions: { label: string; to: string }[];
}

export interface Placed {
  state: StateOf;
  rank: number;
  /** From the left within the rank. */
  place: number;
}

export interface Edge {
  from: string;
  to: string;
  labels: string[];
}

/** A procedure has a few dozen states at most; what lies beyond is not drawn (the table holds it). */
export const mostStates = 60;

function rankOf(states: StateOf[]): Map<string, number> {
  const ranks = new Map<string, number>();
  const byName = new Map(states.map((one) => [one.state, one]));
  let front = states.slice(0, 1).map((one) => one.state);
  for (let rank = 0; front.length > 0 && rank < states.length; ++rank) {
    for (const name of front) ranks.set(name, rank);
    const next = front.flatMap((name) => byName.get(name)?.actions.map((action) => action.to) ?? []);
    front = [...new Set(next)].filter((name) => byName.has(name) && !ranks.has(name));
  }
  const last = Math.max(0, ...ranks.values());
  for (const one of states) if (!ranks.has(one.state)) ranks.set(one.state, last + 1);
  return ranks;
}

/** The mean place of those that lead here from the rank above. */
function pull(state: StateOf, above: StateOf[]): number {
  const places = above.flatMap((one, i) => (one.actions.some((action) => action.to === state.state) ? [i] : []));
  return places.length === 0 ? above.length : places.reduce((sum, n) => sum + n, 0) / places.length;
}

export function layered(all: StateOf[]): Placed[] {
  const states = all.slice(0, mostStates);
  const ranks = rankOf(states);
  const placed: Placed[] = [];
  let above: StateOf[] = [];
  for (let rank = 0; rank <= Math.max(0, ...ranks.values()); ++rank) {
    const row = states.filter((one) => ranks.get(one.state) === rank);
    // What goes on stands before what ends, else as those above it pull.
    row.sort((a, b) => Number(a.final) - Number(b.final) || pull(a, above) - pull(b, above));
    row.forEach((state, place) => placed.push({ state, rank, place }));
    above = row;
  }
  return placed;
}

/** One edge for each pair of states, with all acts that lead over it; acts that stay are left out. */
export function edgesOf(states: StateOf[]): Edge[] {
  const known = new Set(states.map((one) => one.state));
  const edges = new Map<string, Edge>();
  for (const one of states) {
    for (const action of one.actions) {
      if (action.to === one.state || !known.has(action.to)) continue;
      const key = `${one.state} ${action.to}`;
      const edge = edges.get(key) ?? { from: one.state, to: action.to, labels: [] };
      edge.labels.push(action.label);
      edges.set(key, edge);
    }
  }
  return [...edges.values()];
}
