import { describe, expect, it } from 'vitest';
import { after, before, changesOf, inForce, isDay, normHref, rulesOn, type OutlineNorm } from './law_data';
import { accountLabel, inOrder, keyOf, prefixOf, reserveOf, sum, type Kind } from './quota_accounts';

const norm: OutlineNorm = {
  norm: 'person.due', label: 'Due', topic: 'stay', definition: false, table: false, rows: 0, confidence: { read: 3, reported: 0, unverified: 0, sample: 0 },
  ranges: [{ from: '2011-08-17', until: '2020-01-10', rules: 2 }, { from: '2020-01-11', rules: 1 }, { rules: 1 }],
};

describe('the law along time', () => {
  it('counts the rules in force on a day, the first and the last day included', () => {
    expect(['2011-08-16', '2011-08-17', '2020-01-10', '2020-01-11'].map((on) => rulesOn(norm, on).now)).toEqual([1, 3, 3, 2]);
    expect(rulesOn(norm, '2026-01-01').all).toBe(4);
    expect(inForce({}, '1900-01-01')).toBe(true);
  });
  it('goes from change to change', () => {
    const changes = changesOf(norm.ranges);
    expect(changes).toEqual(['2011-08-17', '2020-01-11']);
    expect([before(changes, '2020-01-11'), after(changes, '2011-08-17'), before(changes, '2000-01-01'), after(changes, '2026-01-01')]).toEqual(
      ['2011-08-17', '2020-01-11', undefined, undefined]);
  });
  it('takes days from an address only when they exist', () => {
    expect(['2026-02-28', '2026-02-30', 'x', '2026-2-1', undefined].map((text) => isDay(text))).toEqual([true, false, false, false, false]);
    expect(normHref({ norm: 'person.due', under: 'A B' }, '2026-01-01')).toBe('/app/law/norm?name=person.due&under=A+B&on=2026-01-01');
  });
});

const region = { kind: 'region', label: 'Region', values: [{ code: 'KZ-75', label: 'Almaty' }] };
const category = { kind: 'category', values: [{ code: 'first', label: 'First' }] };
const whole = { kind: 'whole', values: [] };
const permits: Kind = { account: 'permits', label: 'Permits', keys: [whole, region, category] };
const unallocated: Kind = { account: 'unallocated', label: 'Reserve', keys: [whole, category] };
const households: Kind = { account: 'household_places', label: 'Households', keys: [whole, region] };

describe('accounts of the quota', () => {
  it('are told by the keys that the law declares', () => {
    expect(prefixOf(permits, 2026)).toBe('permits/2026/');
    expect(prefixOf(permits, 2026, 'KZ-75')).toBe('permits/2026/KZ-75/');
    expect(prefixOf(unallocated, 2026, 'KZ-75')).toBe('unallocated/2026/');
    expect(keyOf('permits/2026/KZ-75/first', 1)).toBe('KZ-75');
    expect(accountLabel(permits, 'permits/2026/KZ-75/first')).toBe('Almaty, First');
    expect(accountLabel(permits, 'permits/2026/KZ-99/none')).toBe('KZ-99, none');
  });
  it('have a reserve where the same keys stand without a region', () => {
    const kinds = [permits, unallocated, households];
    expect(reserveOf(permits, kinds)?.account).toBe('unallocated');
    expect(reserveOf(households, kinds)).toBeUndefined();
    expect(reserveOf(unallocated, kinds)).toBeUndefined();
  });
  it('come in the order of the law', () => {
    const one = (account: string) => ({ account, limit: 1, held: 0, committed: 0, free: 1 });
    const kind = { ...permits, keys: [whole, region, { kind: 'category', values: ['first', 'second', 'fourth'].map((code) => ({ code, label: code })) }] };
    expect(inOrder(kind, ['fourth', 'first', 'second'].map((code) => one(`permits/2026/KZ-75/${code}`))).map((found) => keyOf(found.account, 2))).toEqual(
      ['first', 'second', 'fourth']);
  });
  it('add up', () => {
    expect(sum([{ account: 'a', limit: 5, held: 1, committed: 2, free: 2 }, { account: 'b', limit: 1, held: 0, committed: 1, free: 0 }])).toEqual(
      { limit: 6, used: 3, held: 1, free: 2 });
  });
});
