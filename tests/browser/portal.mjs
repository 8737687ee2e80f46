// What the portal's walks share: an office of a demonstration with the real program, and people in browsers of their own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { unanswered } from './server.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const password = 'koshi-demo-2026';

/**
 * `koshi serve --demo` over a folder that goes with it; its office's clock stands at the end of the demonstration.
 * With KOSHI_OFFICE set, an office that runs there already, for whoever works on the portal.
 */
export async function startOffice() {
  if (process.env.KOSHI_OFFICE) return { address: process.env.KOSHI_OFFICE, stop: async () => {} };
  const binary = process.env.KOSHI_BIN;
  if (!binary) throw new Error('KOSHI_BIN must name the koshi binary');
  const data = mkdtempSync(join(tmpdir(), 'koshi-portal-'));
  const child = spawn(binary, ['serve', '--data', data, '--demo', '--port', '0'], {
    env: { ...process.env, KOSHI_HOME: root },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /listens on (http:\S+?)\/?$/.exec(line);
      if (found) resolve(found[1]);
    });
    child.once('exit', (status) => reject(new Error(`the server ended with ${status}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', () => {
        rmSync(data, { recursive: true, force: true });
        resolve();
      });
      child.kill('SIGTERM');
    });
  return { address, stop };
}

/** Somebody new takes the seat: the browser forgets who was here. */
export async function signIn(page, address, login, lang = 'en') {
  await page.context().clearCookies();
  await page.goto(`${address}/app/sign-in?lang=${lang}`);
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  await page.locator('.sign-in__form button[type=submit]').click();
  await page.waitForURL('**/app/desk');
  await settled(page);
}

/** Effects of what was shown last have run, and what they asked for is on its way. */
const drawn = (page) =>
  page.evaluate(() => new Promise((done) => {
    const turn = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    turn().then(turn).then(done);
  }));

/**
 * Nothing is being asked any more, and nothing says "one moment". The browser's own word for it, "networkidle", is true once and for all
 * after a document was loaded: of a screen that came later it says nothing.
 */
export async function settled(page) {
  const patience = Date.now() + 30_000;
  for (let calm = 0; calm < 2;) {
    await page.waitForFunction(() => document.querySelector('main h1') !== null && document.querySelector('[aria-busy=true]') === null);
    await drawn(page);
    const left = unanswered(page);
    calm = left.length === 0 ? calm + 1 : 0;
    if (Date.now() > patience) throw new Error(`never answered: ${left.map((request) => request.url()).join(' ')}`);
  }
}

/** Rules of WCAG 2.2 AA that a machine can hold a page to; none may be broken. */
export async function axeProblems(page) {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`);
}

export async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

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
