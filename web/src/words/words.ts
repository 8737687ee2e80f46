// The portal's own phrases. What the law and the forms say comes from the server, in the reader's language.
import { signal } from '@preact/signals';
import type { Key } from './keys';

export type Language = 'en' | 'ru' | 'kk';
export type { Key };
export const languages: readonly { code: Language; name: string }[] = [
  { code: 'kk', name: 'Қазақша' },
  { code: 'ru', name: 'Русский' },
  { code: 'en', name: 'English' },
];

type Phrase = string | Partial<Record<Intl.LDMLPluralRule, string>>;
type Catalogue = Readonly<Record<string, Phrase>>;

const catalogues: Record<Language, () => Promise<{ default: Catalogue }>> = {
  en: () => import('./en'),
  ru: () => import('./ru'),
  kk: () => import('./kk'),
};

/** What is read now. Everything that is drawn depends on it. */
export const language = signal<Language>('en');
let catalogue: Catalogue = {};

export function isLanguage(text: string | null | undefined): text is Language {
  return text === 'en' || text === 'ru' || text === 'kk';
}

/** The address may choose (?lang=), then what was chosen before, then the browser. */
export function preferredLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  if (isLanguage(asked)) return asked;
  const kept = localStorage.getItem('koshi.language');
  if (isLanguage(kept)) return kept;
  for (const tag of navigator.languages) {
    const code = tag.slice(0, 2);
    if (isLanguage(code)) return code;
  }
  return 'ru';
}

export async function setLanguage(to: Language): Promise<void> {
  catalogue = (await catalogues[to]()).default;
  localStorage.setItem('koshi.language', to);
  document.documentElement.lang = to;
  language.value = to;
}

export type Holes = Readonly<Record<string, string | number>>;

/** Fills a phrase; its plural form follows the hole `n`. Exported for tests. */
export function fill(code: Language, phrase: Phrase, holes: Holes = {}): string {
  let text: string | undefined;
  if (typeof phrase === 'string') text = phrase;
  else text = phrase[new Intl.PluralRules(code).select(Number(holes['n']))] ?? phrase.other;
  // A day in Russian ends with a full stop of its own ("2026 г."): the sentence that ends there needs no second.
  return (text ?? '').replace(/\{(\w+)\}(\.?)/g, (whole, name: string, stop: string) => {
    const value = holes[name];
    if (value === undefined) return whole;
    const said = typeof value === 'number' ? formatNumber(value, code) : value;
    return said.endsWith('.') ? said : said + stop;
  });
}

export function t(key: Key, holes?: Holes): string {
  const code = language.value; // read first: whoever draws this is drawn anew in another language
  const phrase = catalogue[key];
  return phrase === undefined ? key : fill(code, phrase, holes);
}

/**
 * English days are written as in Britain and most of the world, the day first. Browsers do not bring Kazakh along, or only in part: numbers
 * are written as in Russian, and days by the names below.
 */
const locales: Record<Language, string> = { en: 'en-GB', ru: 'ru', kk: 'ru' };
const localeOf = (code: Language): string => locales[code];
const monthsOfKazakh = ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан'];

function kazakhDate(iso: string, style: 'long' | 'short'): string {
  const [year, month, day] = iso.split('-').map(Number);
  const said = `${day} ${monthsOfKazakh[(month ?? 1) - 1]}`;
  return style === 'long' ? `${year} жылғы ${said}` : said;
}

export function formatNumber(value: number, code: Language = language.value): string {
  return new Intl.NumberFormat(localeOf(code)).format(value);
}

/** "2026-09-14" as people write it. The day is the office's: no time zone of the reader changes it. */
export function formatDate(iso: string, style: 'long' | 'short' = 'long'): string {
  if (language.value === 'kk') return kazakhDate(iso, style);
  const options: Intl.DateTimeFormatOptions =
    style === 'long' ? { day: 'numeric', month: 'long', year: 'numeric' } : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(localeOf(language.value), { ...options, timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`));
}

/** A moment, in the office's time. */
export function formatMoment(ms: number): string {
  const moment = new Date(ms);
  const office = (options: Intl.DateTimeFormatOptions, locale: string) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'Asia/Almaty' }).format(moment);
  const day = office({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv');
  return `${formatDate(day)}, ${office({ hour: '2-digit', minute: '2-digit' }, 'ru')}`;
}
