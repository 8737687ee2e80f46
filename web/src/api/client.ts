// Everything that is asked of the server goes through here: in the reader's language, as who is signed in, once.
import createClient, { type Middleware } from 'openapi-fetch';
import { language } from '../words/words';
import type { components, paths } from './schema';
import { signInAgain, session, used } from '../session/session';

export type Schemas = components['schemas'];

const begun = new Map<string, Promise<Response>>();
const keyOf = (url: string, lang: string | null) => `${lang} ${url}`;

/** Asks before the screen is there that will ask the same, while its program still comes: on a slow line each round trip is felt. */
export function askAhead(path: string, lang: string): void {
  const url = location.origin + path;
  // Read to its end, also when nobody comes to take it: an answer left half read keeps its connection.
  const answer = fetch(url, { headers: { 'Accept-Language': lang } }).then(async (response) => new Response(await response.blob(), response));
  answer.catch(() => undefined); // whoever takes it is told
  begun.set(keyOf(url, lang), answer);
}

/** What was asked ahead is taken once; the next time it is asked anew. */
function takeBegun(request: Request): Promise<Response> | undefined {
  const key = keyOf(request.url, request.headers.get('Accept-Language'));
  const found = request.method === 'GET' ? begun.get(key) : undefined;
  begun.delete(key);
  return found;
}

/** A session that has ended is no reason to lose what was typed: the dialog asks for the password, then the same request goes on. */
async function fetchAndContinue(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await (takeBegun(request) ?? fetch(request));
  if (response.status !== 401) used();
  const asksWho = new URL(request.url).pathname === '/api/v1/session';
  if (response.status !== 401 || asksWho || session.value === null) return response;
  await signInAgain();
  again.headers.set('X-CSRF-Token', session.value?.csrf ?? '');
  return fetch(again);
}

const ours: Middleware = {
  onRequest({ request }) {
    // Whoever asks for another language in the address gets that one.
    request.headers.set('Accept-Language', language.value);
    if (request.method !== 'GET') {
      request.headers.set('X-CSRF-Token', session.value?.csrf ?? '');
      if (!request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', crypto.randomUUID());
    }
    return request;
  },
};

export const api = createClient<paths>({ baseUrl: location.origin, fetch: fetchAndContinue });
api.use(ours);
