/** What the code on a paper begins with, once a telephone has read it. */
const codeMark = 'KOSHI1.';

/** Where a number leads: a paper has a stroke in it and is checked on its own page, as the text of its code is; a case with the number of its page
 * has one. */
export function addressOf(text: string, lang: string): string | undefined {
  const whole = text.replace(/\s/g, ''); // a text that was copied may be broken into lines
  const code = /^https?:/i.test(whole) ? whole.slice(whole.toUpperCase().indexOf(codeMark)) : whole; // and may bear the address to which it leads
  if (code.toUpperCase().startsWith(codeMark)) return `/verify?${new URLSearchParams({ code, lang })}`;
  const number = text.trim().toUpperCase();
  if (/^[A-Z0-9-]{4,40}$/.test(number)) return `/app/cases/${number}`;
  const paper = /^([A-Z0-9-]{4,40})\/(\d{1,4})$/.exec(number);
  return paper ? `/verify/${paper[1]}/${paper[2]}?lang=${lang}` : undefined;
}

/** The running number that a case has in its register: region, kind, year, number. Undefined for anything else. */
export function runningNumberOf(text: string): string | undefined {
  const number = text.trim().toUpperCase();
  return /^[A-Z0-9-]{2,12}\/[A-Z0-9]{1,8}\/\d{4}\/\d{1,9}$/.test(number) ? number : undefined;
}
