// What every page must be: accessible by day and by night, whole on a narrow screen, light, and without scripts.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { axeProblems, inLanguage } from './judge.mjs';
import { stage, startServer } from './server.mjs';

const asked = '/ask?norm=person.registration_due&on=2016-03-10';
const pages = {
  home: '/',
  choose: '/ask',
  start: '/ask?norm=person.registration_due',
  instruments: '/ask?norm=person.is_migrant_worker',
  date: `${asked}&change=arrived`,
  select: `${asked}&change=nationality`,
  radios: '/ask?norm=person.is_illegal_immigrant&on=2024-03-10&change=visa',
  list: '/ask?norm=person.days_left&on=2024-03-10&change=stays',
  money: '/ask?norm=job.social_contribution&on=2024-03-10&change=wage',
  'error in a date': `${asked}&answer=arrived&arrived-day=31&arrived-month=2&arrived-year=2016`,
  contradiction: '/ask?norm=person.registration_breached&on=2016-03-10&nationality=UZ&arrived=2016-03-05&registered=2016-03-01',
  answer: `${asked}&nationality=UZ&arrived=2016-03-01`,
  'answer that is not known': `${asked}&skip=nationality&skip=arrived`,
  'unknown question': '/ask?norm=person.registration_du',
  law: '/law',
  acts: '/law/acts',
  act: '/law/acts/LMP',
  norms: '/law/norms',
  norm: '/law/norms/person.registration_due',
  'norm on a day': '/law/norms/person.registration_due?on=2016-03-10',
  'long norm': '/law/norms/job.permit_required',
  reforms: '/law/reforms',
  reform: '/law/reforms/compulsory_insurance',
  compare: '/compare',
  'compare: which instruments': '/compare?norm=person.is_migrant_worker',
  comparison: '/compare?norm=person.is_migrant_worker&a=national&b=ICRMW&on=2024-03-10',
  'comparison of the same': '/compare?norm=person.is_migrant_worker&a=ICRMW&b=ICRMW&on=2024-03-10',
  topics: '/topics',
  topic: '/topics/protection',
  'no such page': '/nothing',
};
/** Pages for the phone weigh at most this, style sheet included; the others may be read at a desk. */
const phoneBytes = 60_000;
const isForTheDesk = (path) => path.startsWith('/law') || path.startsWith('/compare');
const languages = ['en', 'ru', 'kk', 'uz', 'ky', 'tg'];
const deskBytes = 110_000;

const server = stage(startServer); // axe runs in the page, so this browser has scripts; the pages have none
let page;

before(async () => {
  await server.ready;
  page = server.page;
});

for (const [name, path] of Object.entries(pages)) {
  const address = (language) => server.address + inLanguage(path, language);

  test(`${name}: accessible by day and by night, wide and narrow`, async () => {
    for (const [colorScheme, language, width] of [['light', 'en', 1280], ['dark', 'ru', 1280], ['light', 'kk', 320], ['dark', 'tg', 320]]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.goto(address(language));
      assert.deepEqual(await axeProblems(page), [], `${colorScheme} ${language} ${width}`);
    }
  });

  test(`${name}: nothing runs out of a screen 320 wide`, async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const language of languages) {
      await page.goto(address(language));
      const [wide, outside] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        [...document.querySelectorAll('main *')]
          .filter((element) => !element.closest('svg, .quiet') && element.getBoundingClientRect().right > innerWidth + 1)
          .map((element) => element.outerHTML.slice(0, 120)),
      ]);
      assert.ok(wide <= 320, `${language}: ${wide} wide`);
      assert.deepEqual(outside, [], language);
    }
  });

  test(`${name}: light, without scripts, one heading of the first level`, async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const language of languages) {
      let bytes = 0;
      const count = async (response) => {
        bytes += (await response.body().catch(() => Buffer.alloc(0))).length;
      };
      page.on('response', count);
      await page.goto(address(language), { waitUntil: 'networkidle' });
      page.off('response', count);
      assert.ok(bytes <= (isForTheDesk(path) ? deskBytes : phoneBytes), `${language}: ${bytes} bytes`);
      assert.equal(await page.locator('script').count(), 0);
      assert.equal(await page.locator('h1').count(), 1);
      assert.equal(await page.locator('html').getAttribute('lang'), language);
      assert.deepEqual((await page.locator('body').innerText()).match(/\bpage\.[a-z_]+\.[a-z_]+/g), null);
    }
  });
}

test('the keyboard reaches the content first, and the focus is seen', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(server.address + asked);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.match(page.url(), /#main$/);
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
  assert.equal(outline, '3px');
});

test('on paper there are no forms', async () => {
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await page.goto(server.address + asked + '&nationality=UZ&arrived=2016-03-01');
  assert.equal(await page.locator('form').first().isVisible(), false);
  assert.equal(await page.locator('.answer').isVisible(), true);
  await page.emulateMedia({ media: 'screen' });
});
