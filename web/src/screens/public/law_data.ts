// The law along time: what is in force on a day is counted here, from the stretches of time that the server tells.
import type { Schemas } from '../../api/client';
import { dayNumber, isoDay } from '../../pictures/say';

export type Outline = Schemas['LawOutline'];
export type OutlineNorm = Outline['norms'][number];
export type Rule = Schemas['LawRule'];
export type Confidence = Rule['by'][number]['confidence'];
export const confidences: readonly Confidence[] = ['read', 'reported', 'unverified', 'sample'];

interface Range {
  from?: string;
  until?: string;
}

export function inForce(range: Range, on: string): boolean {
  return (range.from === undefined || range.from <= on) && (range.until === undefined || on <= range.until);
}

export function rulesOn(norm: OutlineNorm, on: string): { now: number; all: number } {
  let now = 0;
  let all = 0;
  for (const range of norm.ranges) {
    all += range.rules;
    if (inForce(range, on)) now += range.rules;
  }
  return { now, all };
}

/** The days on which any of the rules begins or has ended, in order. */
export function changesOf(ranges: readonly Range[]): string[] {
  const days = new Set<string>();
  for (const range of ranges) {
    if (range.from) days.add(range.from);
    if (range.until) days.add(isoDay(dayNumber(range.until) + 1));
  }
  return [...days].sort();
}

export function before(changes: readonly string[], on: string): string | undefined {
  return changes.filter((day) => day < on).at(-1);
}

export function after(changes: readonly string[], on: string): string | undefined {
  return changes.find((day) => day > on);
}

export function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && isoDay(dayNumber(text)) === text;
}

/** The name stands in the query: the server takes an address that ends with a dot and letters for a file. */
export function normHref(norm: { norm: string; under?: string }, on?: string): string {
  const { norm: name, under } = norm;
  return `/app/law/norm?${new URLSearchParams({ name, ...(under ? { under } : {}), ...(on ? { on } : {}) })}`;
}
