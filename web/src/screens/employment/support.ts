// What the law pays to a household: asked of the law, household by household, never reckoned here.
import { api, type Schemas } from '../../api/client';
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
  /** For each of the twelve months; what is paid already is counted from the first. */
  rent: Paid[];
  monthsPaid: number;
  home: Paid;
}

export const monthsOfRent = 12;

/** What one more member brings is the law's answer for n members less that for n − 1. */
export async function supportOf(asked: Known): Promise<Support> {
  const people = Number(asked['people'] ?? 0);
  const paid = Number(asked['months_rented'] ?? 0);
  const upTo = await Promise.all(Array.from({ length: people }, (_, n) => ask('household.relocation_subsidy', asked, { people: n + 1 })));
  const rent = await Promise.all(Array.from({ length: monthsOfRent }, (_, month) => ask('household.rent_subsidy', asked, { months_rented: month })));
  const home = await ask('household.housing_lump_sum', asked);
  return {
    members: upTo.map((one, n) => (one.amount ?? 0) - (n === 0 ? 0 : (upTo[n - 1]?.amount ?? 0))),
    move: upTo.at(-1) ?? { amount: null, by: [] }, rent, monthsPaid: paid, home,
  };
}

export interface Stage {
  months: 12 | 36;
  /** Of the arrival; a day that the month lacks becomes its last one. */
  on: string;
  there: boolean | null;
}

export function stagesOf(known: Known): Stage[] {
  const arrived = known['arrived'];
  if (typeof arrived !== 'string') return [];
  return ([12, 36] as const).map((months) => {
    const there = known[`there_after_${months}`];
    return { months, on: addMonths(arrived, months), there: typeof there === 'boolean' ? there : null };
  });
}

export function addMonths(iso: string, months: number): string {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}
