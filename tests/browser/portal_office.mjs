// The real server over the made-up office, for tests of the portal.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const password = 'koshi-demo-2026';

/** Starts $KOSHI_BIN over a demo of its own; seeding takes seconds. */
export async function startOffice() {
  const binary = process.env.KOSHI_BIN;
  if (!binary) throw new Error('KOSHI_BIN must name the koshi binary');
  const data = mkdtempSync(join(tmpdir(), 'koshi-portal-'));
  const child = spawn(binary, ['serve', '--data', data, '--demo', '--port', '0'], {
    env: { ...process.env, KOSHI_HOME: process.env.KOSHI_HOME ?? root }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /(http:\S+?)\/?$/.exec(line);
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

/** The browser's own session, as the sign-in page would begin it. */
export async function signIn(page, address, login) {
  await page.context().clearCookies();
  const response = await page.request.post(`${address}/api/v1/session`, { data: { login, password } });
  if (!response.ok()) throw new Error(`${login} is not let in: ${response.status()}`);
}
