// People of the demonstration in the portal: how they come in, what is asked of the interface as them, and what the page complains of.
import { settled } from './judge.mjs';

export { settled } from './judge.mjs';
export const password = 'koshi-demo-2026';

/** Somebody new takes the seat by the page itself: the browser forgets who was here. */
export async function signIn(page, address, login, lang = 'en') {
  await page.context().clearCookies();
  await page.goto(`${address}/app/sign-in?lang=${lang}`);
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  await page.locator('.sign-in__form button[type=submit]').click();
  await page.waitForURL('**/app/desk');
  await settled(page);
}

/** The session that the sign-in page would begin, where the way in is not what is looked at. */
export async function beginSession(page, address, login) {
  await page.context().clearCookies();
  const response = await page.request.post(`${address}/api/v1/session`, { data: { login, password } });
  if (!response.ok()) throw new Error(`${login} is not let in: ${response.status()}`);
}

/** The interface, as whoever sits there. */
export function interfaceOf(page, address) {
  const ask = async (path) => (await page.request.get(address + path)).json();
  const csrf = async () => (await ask('/api/v1/session')).csrf;
  const say = async (path, options) => {
    const response = await page.request.post(address + path, options);
    if (!response.ok()) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  return {
    ask,
    post: async (path, data) => say(path, { data, headers: { 'X-CSRF-Token': await csrf() } }),
    /** A file attached to a case, as a document of this kind. */
    attach: async (id, kind) => {
      const { version } = (await ask(`/api/v1/cases/${id}`)).case;
      const headers = { 'Content-Type': 'application/pdf', 'X-CSRF-Token': await csrf() };
      return say(`/api/v1/cases/${id}/documents?kind=${kind}&name=${kind}.pdf&version=${version}`, { data: paper, headers });
    },
  };
}

/** The smallest file that is a PDF. */
export const paper = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n');

/** What the page's console complains of, but for answers that say "no" by their status. */
export function watch(page) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && hostname !== '127.0.0.1') complaints.push(`asked elsewhere: ${request.url()}`);
  });
  return complaints;
}
