// Pictures of the running office, for whoever judges the screens and for the README.
//   npm run screenshots                 each scene wide by day and narrow by night, below build/screenshots
//   npm run screenshots -- --all        each scene in three languages, by day and by night, wide and narrow
//   npm run screenshots -- --only queue --out /tmp/here
//   npm run screenshots -- --readme     the README's own, below docs/pictures
// KOSHI_BIN names the program; with KOSHI_OFFICE, an office that runs there already is shown.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { settled } from './judge.mjs';
import { beginSession } from './portal.mjs';
import { scenes } from './scenes.mjs';
import { startBrowser, startOffice } from './server.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const { values: given } = parseArgs({ options: { all: { type: 'boolean' }, readme: { type: 'boolean' }, only: { type: 'string' }, out: { type: 'string' } } });

const usual = [['en', 'light', 1280], ['ru', 'dark', 320]];
const every = ['kk', 'ru', 'en'].flatMap((lang) => ['light', 'dark'].flatMap((scheme) => [320, 1280].map((width) => [lang, scheme, width])));
/** As a reader of the README sees it: small enough for a page with several of them. */
const forReadme = { width: 1280, height: 800, quality: 70, bytesMax: 150_000 };

async function show(page, address, path, [lang, colorScheme, width], height) {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
  if (path.startsWith('/app')) await settled(page);
  await page.evaluate(() => document.fonts.ready);
}

async function addressOf(page, address, scene) {
  if (typeof scene.path === 'string') return scene.path;
  return scene.path(async (path) => (await page.request.get(address + path)).json());
}

async function enter(page, address, scene, seat) {
  if (seat.login === scene.login) return;
  seat.login = scene.login;
  if (scene.login) await beginSession(page, address, scene.login);
  else await page.context().clearCookies();
}

/** The README's: as much as a screen shows, in a format that text stays readable in. */
async function takeForReadme(page, file) {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: forReadme.quality });
  await devtools.detach();
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > forReadme.bytesMax) throw new Error(`${file} has ${bytes.length} bytes`);
  writeFileSync(file, bytes);
}

async function walk(page, address) {
  const out = given.out ?? join(root, ...(given.readme ? ['docs', 'pictures'] : ['build', 'screenshots']));
  mkdirSync(out, { recursive: true });
  const wanted = scenes.filter((scene) => (!given.readme || scene.readme) && (!given.only || new RegExp(given.only).test(scene.name)));
  const views = given.readme ? [['en', 'light', forReadme.width]] : given.all ? every : usual;
  const seat = {};
  for (const scene of wanted) {
    await enter(page, address, scene, seat);
    const path = await addressOf(page, address, scene);
    for (const view of views) {
      await show(page, address, path, view, forReadme.height);
      await scene.then?.(page);
      if (given.readme) await takeForReadme(page, join(out, `${scene.name}.webp`));
      else await page.screenshot({ path: join(out, `${scene.name}-${view.join('-')}.png`), fullPage: true });
    }
    console.log(scene.name);
  }
  console.log(`${wanted.length * views.length} pictures in ${out}`);
}

const office = await startOffice();
const browser = await startBrowser();
try {
  await walk(browser.page, office.address);
} finally {
  await browser.stop();
  await office.stop();
}
