// Records openapi.json from the built server: `npm run openapi`. A test of the server (src/http/office/portal_document_test.cc) fails while
// the recorded document is not what the server says.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const data = mkdtempSync(join(tmpdir(), 'koshi-openapi-'));
const server = spawn(process.env.KOSHI_BIN ?? join(root, 'build', 'release', 'src', 'koshi'), ['serve', '--data', data, '--port', '0'], {
  env: { ...process.env, KOSHI_HOME: root },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once('line', (line) => resolve(line.replace(/^.* (http:\S+?)\/?$/, '$1')));
    server.once('exit', (status) => reject(new Error(`the server ended with ${status}`)));
  });
  const document = await (await fetch(`${address}/openapi.json`)).json();
  writeFileSync(join(root, 'web', 'openapi.json'), `${JSON.stringify(document, null, 1)}\n`);
} finally {
  server.removeAllListeners('exit');
  server.kill('SIGTERM');
  rmSync(data, { recursive: true, force: true });
}
