// What the law pays to a household: asked of the law, household by household, never reckoned here.
import { api, type Schemas } from '../../api/client';
import type { LawScreen } from '../../api/law_screen';
import { outcome } from '../../api/problem';
import { language } from '../../words/words';
import type { Known } from '../centre/list';

export interface Paid {
  /** Tenge; none where the law needs more or does not say. */
  amount: number | null;
  by: Schemas['Cite'][];
}

/** Facts of the case as the law takes them; a few of them may be tried otherwise. */
async function ask(norm: string, known: Known, other: Known = {}): Promise<Paid> {
  const answer = await outcome(api.POST('/api/v1/ask', { body: { norm, facts: { ...known, ...other } as never, lang: language.value } }));
  if (!answer.ok || answer.data.outcome !== 'value' || answer.data.value === null) return { amount: null, by: [] };
  const by = answer.data.rules.flatMap((rule) => rule.by).map((one) => ({ text: `${one.act} ${one.place}`, act: one.act, confidence: one.confidence }));
  return { amount: Number(answer.data.value), by };
}

export interface Support {
  members: number[];
  move: Paid;
  /** For each month of which the law pays the rent; what is paid already is counted from the first. */
  rent: Paid[];
  monthsPaid: number;
  home: Paid;
}

/** What one more member brings is the law's answer for n members less that for n − 1. */
export async function supportOf(screen: LawScreen, asked: Known): Promise<Support> {
  const { norm, fact, numbers } = screen;
  const people = Number(asked[fact('people')] ?? 0);
  const paid = Number(asked[fact('months_paid')] ?? 0);
  const months = numbers('months_of_rent')[0] ?? 0;
  const upTo = await Promise.all(Array.from({ length: people }, (_, n) => ask(norm('move'), asked, { [fact('people')]: n + 1 })));
  const rent = await Promise.all(Array.from({ length: months }, (_, month) => ask(norm('rent'), asked, { [fact('months_paid')]: month })));
  const home = await ask(norm('home'), asked);
  return {
    members: upTo.map((one, n) => (one.amount ?? 0) - (n === 0 ? 0 : (upTo[n - 1]?.amount ?? 0))),
    move: upTo.at(-1) ?? { amount: null, by: [] }, rent, monthsPaid: paid, home,
  };
}

export interface Stage {
  months: number;
  /** Of the arrival; a day that the month lacks becomes its last one. */
  on: string;
  there: boolean | null;
}

export function stagesOf(screen: LawScreen, known: Known): Stage[] {
  const arrived = known[screen.fact('arrived')];
  if (typeof arrived !== 'string') return [];
  return screen.numbers('stages').map((months, at) => {
    const there = known[screen.facts('there')[at] ?? ''];
    return { months, on: addMonths(arrived, months), there: typeof there === 'boolean' ? there : null };
  });
}

export function addMonths(iso: string, months: number): string {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}
