/** Where a number leads: a paper has a stroke in it and is checked on its own page; anything else is a case. */
export function addressOf(text: string, lang: string): string | undefined {
  const number = text.trim().toUpperCase();
  if (/^[A-Z0-9-]{4,40}$/.test(number)) return `/app/cases/${number}`;
  const paper = /^([A-Z0-9-]{4,40})\/(\d{1,4})$/.exec(number);
  return paper ? `/verify/${paper[1]}/${paper[2]}?lang=${lang}` : undefined;
}
