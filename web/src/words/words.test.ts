import { describe, expect, it } from 'vitest';
// @ts-expect-error a script of the build, without types
import { check, readAll } from '../../tools/words.mjs';
import { fill } from './words';

describe('phrases', () => {
  it('are whole in every language', () => {
    const { all, problems } = readAll();
    expect([...problems, ...check(all)]).toEqual([]);
    expect(Object.keys(all.en).length).toBeGreaterThan(100);
  });
  it('are told when one is missing, empty, short of a form, or has other holes', () => {
    const problems = check({
      en: { 'a.b': 'x {n}', 'a.c': { one: '1', other: 'n' } },
      ru: { 'a.b': 'x', 'a.c': { one: '1', other: 'n' } },
      kk: { 'a.b': '', 'a.c': { one: '1', other: 'n' } },
    });
    expect(problems).toEqual(['a.b is empty in kk', 'a.b has other holes in one language than in another', 'a.c lacks the form "few" in ru', 'a.c lacks the form "many" in ru']);
  });
  it('follow the number', () => {
    const days = { one: '{n} день', few: '{n} дня', many: '{n} дней', other: '{n} дня' };
    expect([1, 2, 5, 11, 21].map((n) => fill('ru', days, { n }))).toEqual(['1 день', '2 дня', '5 дней', '11 дней', '21 день']);
    expect(fill('kk', { one: '{n} күн', other: '{n} күн' }, { n: 1200 }).replace(/\s/g, ' ')).toBe('1 200 күн');
  });
  it('end with one full stop', () => {
    expect(fill('ru', 'Подано {date}.', { date: '10 сентября 2026 г.' })).toBe('Подано 10 сентября 2026 г.');
    expect(fill('en', 'Filed {date}.', { date: '10 September 2026' })).toBe('Filed 10 September 2026.');
  });
  it('show a hole that nothing fills', () => expect(fill('en', 'until {date}')).toBe('until {date}'));
});
