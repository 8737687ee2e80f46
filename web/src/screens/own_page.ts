// Procedures whose cases have a page of their own beside the usual one: which they are stands beside the law.
import { lawScreen } from '../api/law_screen';
import { useData } from '../api/data';
import type { Outcome } from '../api/problem';
import type { Key } from '../words/words';

interface OwnPage {
  path: string;
  label: Key;
}

const pages: readonly (OwnPage & { screen: string })[] = [
  { screen: 'newcomer', path: '/app/newcomers/', label: 'centre.newcomers' },
  { screen: 'household', path: '/app/households/', label: 'employment.households' },
];

async function pageOf(procedure: string): Promise<Outcome<OwnPage | null>> {
  for (const page of procedure === '' ? [] : pages) {
    const screen = await lawScreen(page.screen);
    if (screen.ok && screen.data.of === procedure) return { ...screen, data: page };
  }
  return { ok: true, data: null, response: new Response() };
}

/** For the role that works with it; nobody else finds it. */
export function useOwnPage(procedure: string, role: string): OwnPage | undefined {
  const found = useData(() => pageOf(role === 'centre' ? procedure : ''), [procedure, role]);
  return found.data ?? undefined;
}
