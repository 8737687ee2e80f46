// Asks for what the quota's screens are drawn from.
import { api, type Schemas } from '../../api/client';
import { outcome, type Outcome } from '../../api/problem';
import { askOffice } from '../../session/office';
import type { Account, Kind } from './quota_accounts';

export * from './quota_accounts';

export type Week = Schemas['QuotaWeeks']['weeks'][number];

/** Pages of balances that one screen reads; a hundred accounts each. */
const mostPages = 40;

export async function loadKinds(): Promise<Outcome<Kind[]>> {
  return outcome(api.GET('/api/v1/quota/kinds', {}));
}

export async function loadToday(): Promise<string> {
  const office = await askOffice();
  return office.ok ? office.data.today : new Date().toISOString().slice(0, 10);
}

/** All accounts below the prefix, page after page. */
export async function loadBalances(prefix: string): Promise<Outcome<Account[]>> {
  const all: Account[] = [];
  let after = '';
  for (let page = 0; page < mostPages; ++page) {
    const answer = await outcome(api.GET('/api/v1/quota', { params: { query: { prefix, after } } }));
    if (!answer.ok) return answer;
    all.push(...answer.data.accounts);
    after = answer.data.next;
    if (after === '') return { ...answer, data: all };
  }
  return { ok: true, data: all, response: new Response() };
}

export async function loadWeeks(prefix: string): Promise<Week[]> {
  const answer = await outcome(api.GET('/api/v1/quota/weeks', { params: { query: { prefix } } }));
  return answer.ok ? answer.data.weeks : [];
}
