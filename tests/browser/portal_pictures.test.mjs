// Every picture of the portal: told in a sentence, given as a table and a file, whole on a narrow screen, readable by day and by night and
// without colour. They are shown by the gallery, which the development server alone has.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { axeProblems, overflow } from './judge.mjs';
import { startBrowser } from './server.mjs';

const web = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web');
const require = createRequire(join(web, 'package.json'));
const names = ['QuotaBar', 'ShareGauge', 'ExpiryTimeline', 'StayStrip', 'TileMap', 'BurnUp', 'Ageing', 'NormTimeline', 'RuleTree', 'StateDiagram', 'Needs'];

let gallery;
let browser;
let page;
let address;

before(async () => {
  const { createServer } = await import(pathToFileURL(require.resolve('vite')).href.replace(/index\.cjs$/, 'dist/node/index.js'));
  gallery = await createServer({ root: web, configFile: join(web, 'vite.config.ts'), logLevel: 'silent', server: { port: 0, host: '127.0.0.1', hmr: false } });
  await gallery.listen();
  address = `http://127.0.0.1:${gallery.httpServer.address().port}/app/gallery`;
  browser = await startBrowser({ acceptDownloads: true });
  page = browser.page;
  await warmUp();
});
after(async () => {
  await browser?.stop();
  await gallery?.close();
});

/** A development server that never ran here first prepares the libraries, and what was asked for meanwhile fails: ask again. */
async function warmUp() {
  for (let tries = 0; tries < 6; ++tries) {
    await page.goto(address);
    const shown = await page.locator('figure.picture').nth(10).waitFor({ timeout: 10_000 }).then(() => true, () => false);
    if (shown) return;
  }
  assert.fail('the gallery does not open');
}

async function open(language = 'en', colorScheme = 'light', width = 1280) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  await page.goto(`${address}?lang=${language}`);
  await page.locator('figure.picture').nth(10).waitFor();
}

for (const language of ['kk', 'ru', 'en']) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 1280]) {
      test(`${language}, ${colorScheme}, ${width} wide: accessible, and nothing runs out of the screen`, async () => {
        await open(language, colorScheme, width);
        assert.deepEqual(await axeProblems(page, 'main'), []);
        assert.ok((await overflow(page)) <= 0);
        const outside = await page.evaluate(() => {
          const edge = (svg) => svg.getBoundingClientRect();
          return [...document.querySelectorAll('.picture-drawing svg')].flatMap((svg) =>
            [...svg.querySelectorAll('text, rect, circle')]
              .filter((one) => !one.closest('defs, marker') && (one.getBoundingClientRect().right > edge(svg).right + 8 || one.getBoundingClientRect().left < edge(svg).left - 8))
              .map((one) => one.outerHTML.slice(0, 120)));
        });
        assert.deepEqual(outside, []);
      });
    }
  }
}

test('each has a sentence, a name, a table with the same numbers, and a file', async () => {
  await open();
  const headings = await page.locator('main h2').allInnerTexts();
  assert.deepEqual(headings, names);
  for (const figure of await page.locator('figure.picture').all()) {
    const sentence = await figure.locator('figcaption').innerText();
    assert.match(sentence, /\.$/);
    if ((await figure.locator('.picture-drawing svg').count()) > 0) {
      assert.notEqual(await figure.locator('.picture-drawing svg').getAttribute('aria-label'), '');
    }
    await figure.locator('.picture-details > summary').click();
    assert.ok((await figure.locator('.picture-table tbody tr').count()) > 0, sentence);
    const [file] = await Promise.all([page.waitForEvent('download'), figure.locator('.picture-details .picture-csv').click()]);
    assert.match(file.suggestedFilename(), /\.csv$/);
    const lines = readFileSync(await file.path(), 'utf8').trimEnd().split('\r\n');
    assert.equal(lines.length, 1 + (await figure.locator('.picture-table tbody tr').count()), sentence);
    assert.ok(lines[0].startsWith('\ufeff'));
  }
});

test('parts are told apart by pattern or word, not by colour alone', async () => {
  await open();
  const patterns = await page.locator('figure.picture').first().locator('.picture-legend rect').evaluateAll((all) =>
    all.filter((one) => !one.closest('defs')).map((one) => one.getAttribute('fill')?.replace(/^.*(hatched|dotted).*$/, '$1') ?? one.getAttribute('class')));
  assert.equal(new Set(patterns).size, patterns.length);
  const tiles = await page.locator('h2:text-is("TileMap") + figure .picture-drawing a').evaluateAll((all) => all.map((one) => one.textContent));
  assert.equal(tiles.length, 20);
  for (const tile of tiles) assert.match(tile, /\d%|–/);
  for (const verdict of await page.locator('.tree-verdict').allInnerTexts()) assert.ok(verdict.length > 0);
});

test('the rule tree opens and closes by keyboard, and what fails is open at first', async () => {
  await open();
  const first = page.locator('.tree-root details').first();
  assert.equal(await first.evaluate((one) => one.open), true);
  await first.locator('> summary').focus();
  await page.keyboard.press('Enter');
  assert.equal(await first.evaluate((one) => one.open), false);
  await page.keyboard.press('Space');
  assert.equal(await first.evaluate((one) => one.open), true);
});

test('a journey that is tried out changes the strip and its sentence', async () => {
  await open();
  const figure = page.locator('h2:text-is("StayStrip") ~ figure').first();
  const before = await figure.locator('figcaption').innerText();
  await page.locator('main input[type=date]').fill('2026-08-30');
  await page.waitForFunction((text) => document.querySelector('main figure.picture figcaption') && ![...document.querySelectorAll('figcaption')].some((one) => one.innerText === text), before);
  const after = await figure.locator('figcaption').innerText();
  assert.notEqual(after, before);
  assert.match(after, /too many/);
});

test('on paper there are pictures and no buttons', async () => {
  await open();
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  assert.equal(await page.locator('.picture-csv').first().isVisible(), false);
  assert.equal(await page.locator('.picture-drawing svg').first().isVisible(), true);
  await page.emulateMedia({ media: 'screen' });
});
