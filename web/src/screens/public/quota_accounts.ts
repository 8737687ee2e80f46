// Accounts of the quota by their codes. Kinds of accounts and their keys come from the law; only "region" is known here, for the map.
import type { Schemas } from '../../api/client';
import type { Balance } from '../../pictures/words';

export type Kind = Schemas['QuotaKinds'][number];
export type Account = Schemas['Quota']['accounts'][number];

export function hasYear(kind: Kind): boolean {
  return kind.keys[0]?.kind === 'whole';
}

/** Where the region stands in the codes of the kind, counted behind its name; -1: they have none. */
export function regionPlace(kind: Kind): number {
  return kind.keys.findIndex((key) => key.kind === 'region');
}

export function prefixOf(kind: Kind, year: number, region = ''): string {
  const parts = [kind.account, ...(hasYear(kind) ? [String(year)] : [])];
  // A region is part of the beginning of a code only when it comes next.
  if (region !== '' && regionPlace(kind) === parts.length - 1) parts.push(region);
  return `${parts.join('/')}/`;
}

/** The part of a code at the place of a key. */
export function keyOf(account: string, place: number): string {
  return account.split('/')[place + 1] ?? '';
}

export function sum(accounts: readonly Account[]): Balance {
  const total = { limit: 0, used: 0, held: 0, free: 0 };
  for (const one of accounts) {
    total.limit += one.limit;
    total.used += one.committed;
    total.held += one.held;
    total.free += one.free;
  }
  return total;
}

/** Accounts whose keys are those of the kind without the region hold what is not yet given to one. */
export function reserveOf(kind: Kind, kinds: readonly Kind[]): Kind | undefined {
  const wanted = kind.keys.filter((key) => key.kind !== 'region').map((key) => key.kind).join('/');
  if (regionPlace(kind) < 0) return undefined;
  return kinds.find((one) => one.account !== kind.account && one.keys.map((key) => key.kind).join('/') === wanted);
}

/** The kind that is shown when nobody asked for one: that which is given to regions from a reserve, else the first. */
export function usualKind(kinds: readonly Kind[]): Kind | undefined {
  return kinds.find((one) => reserveOf(one, kinds)) ?? kinds[0];
}

/** The words for a code, without its kind and year. */
export function accountLabel(kind: Kind, account: string): string {
  const parts = kind.keys.map((key, place) => {
    const code = keyOf(account, place);
    return key.values.find((value) => value.code === code)?.label ?? code;
  });
  return parts.slice(hasYear(kind) ? 1 : 0).filter((part) => part !== '').join(', ');
}

/** In the order in which the law lists regions and categories, not in that of their codes. */
export function inOrder(kind: Kind, accounts: readonly Account[]): Account[] {
  const rank = (account: Account) =>
    kind.keys.map((key, place) => String(1000 + key.values.findIndex((value) => value.code === keyOf(account.account, place)))).join(' ');
  return [...accounts].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
