// A case by its running number, among those that the visitor may see: who sees none of them learns no more than that none was found.
import { api } from '../../api/client';
import { outcome, type Outcome } from '../../api/problem';

/** So many pages of each role's cases are looked through; the newest come first. */
const pagesMax = 10;

async function findAs(role: string, number: string): Promise<Outcome<string | null>> {
  let after: string | undefined;
  for (let page = 0; page < pagesMax; ++page) {
    const found = await outcome(api.GET('/api/v1/cases', { params: { query: { as: role, all: '1', limit: '100', ...(after ? { after } : {}) } } }));
    if (!found.ok) return found;
    const hit = found.data.cases.find((one) => one.number === number);
    if (hit || !found.data.next) return { ...found, data: hit?.id ?? null };
    after = found.data.next;
  }
  return { ok: true, data: null, response: new Response() };
}

/** The page's number of the case; null where there is none among all of these roles. */
export async function findByNumber(roles: readonly string[], number: string): Promise<Outcome<string | null>> {
  for (const role of roles) {
    const found = await findAs(role, number);
    if (!found.ok || found.data !== null) return found;
  }
  return { ok: true, data: null, response: new Response() };
}
