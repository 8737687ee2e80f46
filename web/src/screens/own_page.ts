// Procedures whose cases have a page of their own beside the usual one.
import type { Key } from '../words/words';

const pages: Readonly<Record<string, { path: string; label: Key }>> = {
  one_window: { path: '/app/newcomers/', label: 'centre.newcomers' },
  resettlement: { path: '/app/households/', label: 'employment.households' },
};

/** For the role that works with it; nobody else finds it. */
export function ownPageOf(procedure: string, role: string): { path: string; label: Key } | undefined {
  return role === 'centre' ? pages[procedure] : undefined;
}
