// The office's day and who may try it: several parts of a page ask for it at once, and one answer serves them.
import { api, type Schemas } from '../api/client';
import { outcome, type Outcome } from '../api/problem';
import { useData, type Data } from '../api/data';
import { language } from '../words/words';

const sharedMs = 10_000; // the day turns at midnight only; a new look asks anew
let shared: { lang: string; until: number; answer: Promise<Outcome<Schemas['Office']>> } | undefined;

export function askOffice(): Promise<Outcome<Schemas['Office']>> {
  const lang = language.value;
  if (shared?.lang === lang && Date.now() < shared.until) return shared.answer;
  const answer = outcome(api.GET('/api/v1/office'));
  const mine = { lang, until: Date.now() + sharedMs, answer };
  shared = mine;
  void answer.then(({ ok }) => {
    if (!ok && shared === mine) shared = undefined; // whoever tries again asks again
  });
  return answer;
}

export const useOffice = (): Data<Schemas['Office']> => useData(askOffice, []);
