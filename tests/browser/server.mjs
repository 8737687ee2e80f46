// The real server, and the real browser, for one test file.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Starts $KOSHI_BIN on a free port, with these arguments besides; gives its address and what ends it. */
export async function startServer(more = []) {
  const binary = process.env.KOSHI_BIN;
  if (!binary) throw new Error('KOSHI_BIN must name the koshi binary');
  const child = spawn(binary, ['serve', '--port', '0', ...more], {
    env: { ...process.env, KOSHI_HOME: process.env.KOSHI_HOME ?? root },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = line.match(/^Köshi listens on (http:\S+?)\/?$/); // an office says before who may sign in
      if (found) resolve(found[1]);
    });
    child.once('exit', (status) => reject(new Error(`the server ended with ${status}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return { address, stop };
}

/**
 * An office with made-up people and cases, in a folder that goes with it; its clock stands at the end of the demonstration, or on the day
 * that `--clock` says. With KOSHI_OFFICE set, an office that runs there already, for whoever works on the portal.
 */
export async function startOffice(more = []) {
  if (process.env.KOSHI_OFFICE && more.length === 0) return { address: process.env.KOSHI_OFFICE, stop: async () => {} };
  const data = mkdtempSync(join(tmpdir(), 'koshi-office-'));
  const server = await startServer(['--data', data, '--demo', ...more]);
  const stop = async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  };
  return { address: server.address, stop };
}

/** Patience with a machine that has other things to do as well. Nothing waits so long where all is well. */
const patience = 60_000;

const inFlight = new WeakMap();

/** Keeps what the browser has asked for over HTTP and not had answered yet. */
function follow(context) {
  const asked = new Set();
  context.on('request', (request) => /^https?:/.test(request.url()) && asked.add(request));
  for (const end of ['requestfinished', 'requestfailed']) context.on(end, (request) => asked.delete(request));
  inFlight.set(context, asked);
}

/** What this page still waits for. Of another page, which may be closed before it hears its answer, nothing is waited for here. */
export function unanswered(page) {
  const asked = inFlight.get(page.context());
  if (!asked) throw new Error('this browser was not started by startBrowser');
  return [...asked].filter((request) => !request.isNavigationRequest() && request.frame().page() === page);
}

/** A browser with an empty profile of its own. */
export async function startBrowser(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'koshi-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    headless: false, // Chromium's own new mode is chosen below
    args: [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--lang=en-US',
    ],
    ...options,
  });
  follow(context);
  context.setDefaultTimeout(patience);
  const stop = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, page: context.pages()[0] ?? (await context.newPage()), stop };
}

/**
 * Server and browser of one test file: they begin before its first test and end after its last. Node runs the hooks of a file side by side,
 * so a hook that needs `address` or `page` waits for `ready`.
 */
export function stage(start = startOffice, options = {}) {
  const here = {};
  const begin = async () => {
    here.server = await start();
    here.address = here.server.address;
    here.browser = await startBrowser(options);
    here.page = here.browser.page;
  };
  here.ready = new Promise((resolve, reject) => before(() => begin().then(resolve, (error) => { reject(error); throw error; })));
  after(async () => {
    await here.browser?.stop();
    await here.server?.stop();
  });
  return here;
}
