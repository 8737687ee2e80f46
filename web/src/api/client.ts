// Everything that is asked of the server goes through here: in the reader's language, as who is signed in, once.
import createClient, { type Middleware } from 'openapi-fetch';
import { language } from '../words/words';
import type { components, paths } from './schema';
import { signInAgain, session } from '../session/session';

export type Schemas = components['schemas'];

/** A session that has ended is no reason to lose what was typed: the dialog asks for the password, then the same request goes on. */
async function fetchAndContinue(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
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
