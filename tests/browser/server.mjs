// The real server, and the real browser, for one test file.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Starts $KOSHI_BIN on a free port, with these arguments besides; gives its address and what ends it. */
export async function startServer(more = []) {
  const binary = process.env.KOSHI_BIN;
  if (!binary) throw new Error('KOSHI_BIN must name the koshi binary');
  const child = spawn(binary, ['serve', '--port', '0', ...more], {
    env: { ...process.env, KOSHI_HOME: root },
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

/** A browser with an empty profile of its own. */
export async function startBrowser(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'koshi-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    headless: false, // Chromium's own new mode is chosen below
    args: [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--hide-scrollbars',
    ],
    ...options,
  });
  const stop = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, page: context.pages()[0] ?? (await context.newPage()), stop };
}
