// Who is signed in. The browser keeps the session's cookie, which scripts cannot read; here stands what the server tells about it.
import { signal } from '@preact/signals';
import type { Schemas } from '../api/client';

export type Session = Schemas['Session'];

/** undefined: not known yet; null: nobody. */
export const session = signal<Session | null | undefined>(undefined);
/** The dialog that asks for the password again, over whatever is being done. */
export const askingAgain = signal(false);

let waiting: (() => void)[] = [];

export async function loadSession(): Promise<void> {
  try {
    const response = await fetch('/api/v1/session');
    session.value = response.ok ? ((await response.json()) as Session) : null;
    used();
  } catch {
    session.value = null;
  }
}

/** What the server said if it did not let in: its status and its words. */
export interface NotIn {
  status: number;
  detail: string;
}

export async function signIn(login: string, password: string, code: string, lang: string): Promise<NotIn | null> {
  const body = { login, password, ...(code === '' ? {} : { code }) };
  const response = await fetch(`/api/v1/session?lang=${lang}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const said: unknown = await response.json().catch(() => null);
  if (!response.ok) return { status: response.status, detail: (said as { detail?: string } | null)?.detail ?? '' };
  const { token: _, ...known } = said as Session; // the cookie is enough; what scripts hold could be stolen by one
  session.value = known;
  askingAgain.value = false;
  used();
  for (const go of waiting.splice(0)) go();
  return null;
}

export async function signOut(): Promise<void> {
  const csrf = session.value?.csrf ?? '';
  await fetch('/api/v1/session', { method: 'DELETE', headers: { 'X-CSRF-Token': csrf } }).catch(() => undefined);
  session.value = null;
  used();
}

/** The server ends a session after half an hour without use. A page that nobody uses asks nothing, so it must look by itself: then, and
    again as long as another window keeps the session open. */
const idleMs = 30 * 60 * 1000;
let lookAt: ReturnType<typeof setTimeout> | undefined;

export function used(): void {
  clearTimeout(lookAt);
  if (session.value) lookAt = setTimeout(() => void look(), idleMs + 1000);
}

async function look(): Promise<void> {
  const response = await fetch('/api/v1/session').catch(() => null);
  if (response?.status === 401 && session.value) askingAgain.value = true;
  else used();
}

/** Resolves when somebody has signed in again. */
export function signInAgain(): Promise<void> {
  askingAgain.value = true;
  return new Promise((resolve) => waiting.push(resolve));
}

export function hasRole(...roles: string[]): boolean {
  return session.value?.roles.some((grant) => roles.includes(grant.role)) ?? false;
}
