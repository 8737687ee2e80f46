// "My status": asked question by question, answered on one page, without scripts, in six languages, light enough for a phone.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { inLanguage, isWell } from './judge.mjs';
import { stage, startServer } from './server.mjs';

const languages = ['en', 'ru', 'kk', 'uz', 'ky', 'tg'];
/** Page and style sheet together. */
const phoneBytes = 60_000;

const day = (offset) => new Date(Date.now() + 5 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
/** A visitor from Uzbekistan without a visa, here for some days. */
const visitor = (days, more = '') => `/status?nationality=UZ&visa=no&residence=temporary&arrived=${day(-days)}${more}`;

const server = stage(startServer); // axe runs in the page, so this browser has scripts; the pages have none
let page;

before(async () => {
  await server.ready;
  page = server.page;
});

const open = (path, language = 'en') => page.goto(server.address + inLanguage(path, language));

const pages = () => ({
  'first question': '/status',
  'status': visitor(20),
  'status after the last day': visitor(60),
  'status with a journey': visitor(20, `&plan_from=${day(0)}&plan_to=${day(100)}`),
  'no traces': '/status/traces',
});

for (const name of Object.keys(pages())) {
  test(`${name}: accessible by day and by night, wide and narrow, and light`, async () => {
    for (const [colorScheme, language, width] of [['light', 'en', 1280], ['dark', 'ru', 1280], ['light', 'kk', 320], ['dark', 'tg', 320]]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await open(pages()[name], language);
      await isWell(page, `${colorScheme} ${language} ${width}`);
      assert.equal(await page.locator('script').count(), 0);
    }
    const html = await (await page.request.get(server.address + pages()[name])).body();
    const style = await page.locator('link[rel=stylesheet]').getAttribute('href');
    const css = await (await page.request.get(server.address + style)).body();
    assert.ok(html.length + css.length <= phoneBytes, `${html.length + css.length} bytes`);
  });
}

test('a person answers what is asked and reads until when, what next and which rights', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'light' });
  await open('/');
  await page.locator('.doors a[href^="/status"]').click();
  const answers = { visa: 'no', residence: 'temporary', nationality: 'UZ', arrived: day(-20) };
  for (let step = 0; step < 8 && (await page.locator('.status').count()) === 0; ++step) {
    const fact = await page.locator('input[name=answer]').getAttribute('value');
    assert.ok(fact in answers, `${fact} is asked`);
    const select = page.locator(`select[name="${fact}"]`);
    if (fact === 'arrived') {
      const [year, month, date] = answers.arrived.split('-');
      for (const [part, value] of Object.entries({ day: date, month, year })) await page.locator(`input[name="arrived-${part}"]`).fill(value);
    } else if (await select.count()) {
      await select.selectOption(answers[fact]);
    } else {
      await page.locator(`input[name="${fact}"][value="${answers[fact]}"]`).check();
    }
    await page.locator('main form button').first().click();
  }
  assert.match(await page.locator('.status').first().innerText(), /10 days are left/);
  assert.ok((await page.locator('.next').count()) === 1);
  assert.match(await page.locator('#rights ~ ul').first().innerText(), /wage/i);
  assert.equal(await page.locator('.strip svg').count(), 1);
});

test('a journey that is too long is told with its last lawful day', async () => {
  await open(visitor(20));
  await page.locator('#strip details summary').first().click();
  const fill = async (name, iso) => {
    const [year, month, date] = iso.split('-');
    for (const [part, value] of Object.entries({ day: date, month, year })) await page.locator(`input[name="${name}-${part}"]`).fill(value);
  };
  await fill('plan_from', day(0));
  await fill('plan_to', day(100));
  await page.locator('#strip form button').click();
  // Twenty-one days are used, today among them: sixty-nine are left after it.
  const last = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day(69)}T00:00:00Z`));
  assert.match(await page.locator('.verdict').innerText(), new RegExp(`too long.*${last}`));
  await fill('plan_to', day(60));
  await page.locator('#strip form button').click();
  assert.match(await page.locator('.verdict').innerText(), /you may be here/);
});

test('who has stayed too long reads so, and finds the way out on every page', async () => {
  for (const path of [visitor(60), '/status', '/status/traces']) {
    await open(path);
    assert.equal(await page.locator('.way-out a').count(), 1, path);
  }
  await open(visitor(60));
  assert.match(await page.locator('.status.over').first().innerText(), /30 days past the last day/);
});

test('nothing of the page is missing in any language, and nothing is kept by the browser', async () => {
  for (const language of languages) {
    const response = await page.request.get(`${server.address}${visitor(20)}&lang=${language}`);
    assert.match(response.headers()['cache-control'] ?? '', /no-store/);
    const html = await response.text();
    assert.match(html, new RegExp(`<html lang="${language}"`));
    assert.doesNotMatch(html, />page\./);
  }
});
