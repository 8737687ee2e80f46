import { describe, expect, it } from 'vitest';
import { daysBetween, styleOf, urgencyOf } from './deadline';

describe('a clock', () => {
  it('counts days over the ends of months and years', () => {
    expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3);
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
    expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
  });
  it('names the year of a day that is far away', () => {
    expect(styleOf('2026-09-14', '2026-12-01')).toBe('short');
    expect(styleOf('2026-09-14', '2027-09-14')).toBe('long');
  });
  it('is urgent in the last three days and late afterwards', () => {
    expect(urgencyOf('2026-03-01', '2026-03-05')).toBe('calm');
    expect(urgencyOf('2026-03-01', '2026-03-04')).toBe('soon');
    expect(urgencyOf('2026-03-01', '2026-03-01')).toBe('soon');
    expect(urgencyOf('2026-03-01', '2026-02-28')).toBe('late');
    expect(urgencyOf('2026-03-01', null, '2026-02-01')).toBe('late');
    expect(urgencyOf('2026-03-01', undefined)).toBe('calm');
  });
});
