import { expect, it } from 'vitest';
import { addressOf, runningNumberOf } from './address';

it('leads a paper to its check and a case to its page', () => {
  expect(addressOf(' t0tx1z0nya ', 'en')).toBe('/app/cases/T0TX1Z0NYA');
  expect(addressOf('T0TX1Z0NYA/2', 'kk')).toBe('/verify/T0TX1Z0NYA/2?lang=kk');
});
it('leads the text of a code, which keeps its letters, to the check of the paper', () => {
  expect(addressOf(' KOSHI1.aB_-9.xYz\n', 'ru')).toBe('/verify?code=KOSHI1.aB_-9.xYz&lang=ru');
  expect(addressOf('https://office.example/verify?code=KOSHI1.aB.c', 'en')).toBe('/verify?code=KOSHI1.aB.c&lang=en');
  expect(addressOf('https://office.example/', 'en')).toBeUndefined();
  expect(addressOf('KOSHI1.aB\n c.d&lang=kk', 'en')).toBe('/verify?code=KOSHI1.aBc.d%26lang%3Dkk&lang=en');
});
it('leads nowhere for what is no number', () => {
  for (const text of ['', 'a', '../admin', 'T0TX1Z0NYA/x', 'T0TX/1/2', 'Қ123456']) expect(addressOf(text, 'en')).toBeUndefined();
});
it('knows the running number of a case', () => {
  expect(runningNumberOf(' kz-75/wp/2026/000008 ')).toBe('KZ-75/WP/2026/000008');
  for (const text of ['', 'T0TX1Z0NYA/2', 'KZ-75/WP/26/1', 'KZ-75/WP/2026/', 'a/b/c/d']) expect(runningNumberOf(text)).toBeUndefined();
});
