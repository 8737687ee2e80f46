/** What pictures say of themselves. The type holds every language to every sentence: one that is missing does not compile. */
import type { Language, Say } from './say';
import { en } from './words/en';
import { kk } from './words/kk';
import { ru } from './words/ru';

export interface Balance {
  limit: number;
  used: number;
  held: number;
  free: number;
  /** Not yet given to any region. */
  reserve?: number;
}

export interface PictureWords {
  frame: { table: string; csv: string; today: string; none: string };
  quota: {
    name: string;
    used: string;
    held: string;
    free: string;
    reserve: string;
    limit: string;
    kind: string;
    places: string;
    sentence(say: Say, one: Balance): string;
    empty: string;
  };
  gauge: {
    name: string;
    local: string;
    foreign: string;
    least: string;
    group: string;
    people: string;
    atLeast(say: Say, least: number): string;
    sentence(say: Say, one: { local: number; foreign: number; least: number; mayHire?: number | undefined }): string;
    nobody: string;
  };
  expiry: {
    name: string;
    what: string;
    until: string;
    left: string;
    past: string;
    days(say: Say, n: number): string;
    sentence(say: Say, one: { count: number; soon: number; past: number; next?: { label: string; until: string } | undefined }): string;
    empty: string;
  };
  stay: {
    name: string;
    present: string;
    planned: string;
    away: string;
    from: string;
    until: string;
    days: string;
    kind: string;
    sentence(say: Say, one: { used: number; allowed: number; window: number; planned: number }): string;
    tooLong(say: Say, over: number): string;
  };
  tiles: {
    name: string;
    region: string;
    value: string;
    share: string;
    nothing: string;
    scale: string;
    sentence(say: Say, one: { regions: number; most?: Extreme | undefined; least?: Extreme | undefined }): string;
    empty: string;
  };
  burn: {
    name: string;
    week: string;
    thisYear(year: number): string;
    lastYear(year: number): string;
    limit: string;
    sentence(say: Say, one: { year: number; week: number; used: number; limit: number; before: number; beforeLimit: number }): string;
    noLast(say: Say, one: { year: number; week: number; used: number; limit: number }): string;
    empty: string;
  };
  ageing: {
    name: string;
    bins: { late: string; today: string; two: string; five: string; ten: string; later: string; none: string };
    when: string;
    cases: string;
    sentence(say: Say, one: { all: number; late: number; soon: number }): string;
    empty: string;
  };
  norm: {
    name: string;
    rule: string;
    from: string;
    until: string;
    by: string;
    always: string;
    exception: string;
    now: string;
    condition: string;
    sentence(say: Say, one: { rules: number; inForce: number; on: string }): string;
    empty: string;
  };
  rules: {
    name: string;
    holds: string;
    fails: string;
    open: string;
    overruled: string;
    rule: string;
    verdict: string;
    article: string;
    sentence(say: Say, one: { all: number; holds: number; fails: number; open: number }): string;
    empty: string;
    openAll: string;
    closeAll: string;
  };
  states: {
    name: string;
    from: string;
    to: string;
    act: string;
    here: string;
    end: string;
    sentence(say: Say, one: { current: string; next: number; isFinal: boolean }): string;
    whole(say: Say, one: { states: number; final: number }): string;
  };
  needs: {
    name: string;
    need: string;
    before: string;
    after: string;
    scale(say: Say, most: number): string;
    sentence(say: Say, one: { all: number; better: number; worse: number; same: number }): string;
    empty: string;
  };
}

export interface Extreme {
  name: string;
  used: number;
  limit: number;
}

const all: Record<Language, PictureWords> = { en, kk, ru };

export function wordsOf(language: Language): PictureWords {
  return all[language];
}
