/** Numbers, days and plurals of the three languages of the portal. Own tables, so that every browser writes them alike. */
export type Language = 'kk' | 'ru' | 'en';

export interface Say {
  language: Language;
  number(n: number): string;
  /** A share in whole percent, rounded down: a quota is never told fuller than it is. What is there but under one percent is told so. */
  percent(part: number, whole: number): string;
  /** "5 March 2026" of an ISO date. */
  date(iso: string): string;
  /** "Mar" of a month from 0 to 11. */
  month(index: number): string;
  /** The form that goes with the number: [one, few, many] in Russian, [one, other] in English; Kazakh has one form. */
  plural(n: number, ...forms: string[]): string;
}

const months: Record<Language, string[]> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  ru: ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
  kk: ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан'],
};
const shortMonths: Record<Language, string[]> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  ru: ['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
  kk: ['қаң', 'ақп', 'нау', 'сәу', 'мам', 'мау', 'шіл', 'там', 'қыр', 'қаз', 'қар', 'жел'],
};

function russianForm(n: number): number {
  const ten = n % 10;
  const hundred = n % 100;
  if (ten === 1 && hundred !== 11) return 0;
  return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 1 : 2;
}

function grouped(n: number, mark: string): string {
  const digits = String(Math.abs(Math.trunc(n)));
  return (n < 0 ? '−' : '') + digits.replace(/\B(?=(\d{3})+$)/g, mark);
}

function dateIn(language: Language, iso: string): string {
  const [year = '', month = '1', day = '1'] = iso.slice(0, 10).split('-');
  const name = months[language][Number(month) - 1] ?? '';
  if (language === 'kk') return `${year} жылғы ${Number(day)} ${name}`;
  return `${Number(day)} ${name} ${year}${language === 'ru' ? ' г.' : ''}`;
}

export function say(language: Language): Say {
  const mark = language === 'en' ? ',' : '\u00a0';
  const number = (n: number) => grouped(n, mark);
  return {
    language,
    number,
    percent: (part, whole) => `${part > 0 && part * 100 < whole ? '<1' : number(percentOf(part, whole))}${language === 'en' ? '' : '\u00a0'}%`,
    date: (iso) => dateIn(language, iso),
    month: (index) => shortMonths[language][index] ?? '',
    plural: (n, ...forms) => {
      const last = forms[forms.length - 1] ?? '';
      if (language === 'kk') return forms[0] ?? '';
      return (language === 'ru' ? forms[russianForm(Math.abs(n))] : forms[n === 1 ? 0 : 1]) ?? last;
    },
  };
}

/** In whole percent, rounded down; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  return whole > 0 ? Math.floor((part * 100) / whole) : 0;
}

/** Days since 1970-01-01, without time zones. */
export function dayNumber(iso: string): number {
  const [year = 1970, month = 1, day = 1] = iso.slice(0, 10).split('-').map(Number);
  return Math.round(Date.UTC(year, month - 1, day) / 86_400_000);
}

export function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
