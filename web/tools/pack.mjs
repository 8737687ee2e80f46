// Packs what was built, so that the server sends it small without work (NAME.br and NAME.gz beside each text), and holds the first load of a
// desk to its measure: 70 KB as gzip of page, scripts, style and phrases. Fonts come later, and only those whose letters occur.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = process.env.KOSHI_PORTAL_OUT ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'build', 'portal');
const firstLoadMax = 70 * 1024;
const desks = ['src/screens/desk/desk.tsx', 'src/screens/officer/queue.tsx', ['src/case/case.tsx', 'src/case/party_case.tsx'], ['src/case/case.tsx', 'src/case/office_case.tsx']];

const gzip = (path) => gzipSync(readFileSync(path), { level: 9 });

/** The files that an entry of Vite's manifest brings along, itself included. */
function filesOf(manifest, name, found = new Set()) {
  const chunk = manifest[name];
  if (chunk === undefined || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const file of chunk.css ?? []) found.add(file);
  for (const other of chunk.imports ?? []) filesOf(manifest, other, found);
  return found;
}

const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));
rmSync(join(folder, '.vite'), { recursive: true });
let failed = false;
for (const desk of desks) { // one that has no file of its own comes with the first
  for (const words of ['en', 'ru', 'kk']) {
    const files = ['index.html', ...['index.html', ...[desk].flat(), `src/words/${words}.ts`].flatMap((name) => [...filesOf(manifest, name)])];
    const bytes = [...new Set(files)].reduce((sum, file) => sum + gzip(join(folder, file)).length, 0);
    const fits = bytes <= firstLoadMax;
    failed ||= !fits;
    console.log(`${fits ? 'fits' : 'TOO LARGE'}: first load of ${[desk].flat().at(-1)} in ${words}: ${(bytes / 1024).toFixed(1)} KB as gzip`);
  }
}
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath ?? entry.path, entry.name);
  if (!entry.isFile() || !/\.(js|css|html|svg|json|webmanifest)$/.test(entry.name)) continue;
  writeFileSync(`${path}.gz`, gzip(path));
  writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
if (failed) process.exit(1);
