// The cases of one procedure that an office sees, open and closed, the newest first.
import { api, type Schemas } from '../../api/client';
import { outcome, type Outcome } from '../../api/problem';

export type CaseRow = Schemas['Cases']['cases'][number];

/** Pages of a hundred that one screen reads. */
const mostPages = 10;

export async function loadCases(procedure: string, as: string): Promise<Outcome<CaseRow[]>> {
  const rows: CaseRow[] = [];
  let after = '';
  for (let page = 0; page < mostPages; ++page) {
    const answer = await outcome(api.GET('/api/v1/cases', { params: { query: { procedure, as, all: '1', limit: '100', ...(after ? { after } : {}) } } }));
    if (!answer.ok) return answer;
    rows.push(...answer.data.cases);
    after = answer.data.next;
    if (after === '') return { ...answer, data: rows };
  }
  return { ok: true, data: rows, response: new Response() };
}

/** What a case says, by path: values as they are spelt in JSON. */
export type Known = Readonly<Record<string, unknown>>;
export function knownOf(item: Schemas['Case']): Known {
  return Object.fromEntries(item.facts.map((one) => [one.path, JSON.parse(one.json)]));
}

/** The label and the text of a fact, as the sheet has them in the reader's language. */
export function factOf(sheet: Schemas['Sheet'], path: string) {
  return sheet.facts.find((one) => one.path === path);
}
