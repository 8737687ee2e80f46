// The centre and the employment centre in the portal: one person's story with consent, a household with what the law pays, and who stays.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { signIn, startOffice } from './portal_office.mjs';
import { startBrowser } from './server.mjs';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let office;
let browser;
let page;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = browser.page;
});
after(async () => {
  await browser?.stop();
  await office?.stop();
});

const open = (path, language = 'en') => page.goto(`${office.address}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
const api = async (path) => (await page.request.get(office.address + path)).json();

async function accessible(path, ready) {
  for (const [language, colorScheme, width] of [['en', 'light', 1280], ['ru', 'dark', 320], ['kk', 'light', 320], ['kk', 'dark', 1280]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await open(path, language);
    await page.locator(ready).first().waitFor();
    const report = await new AxeBuilder({ page }).withTags(tags).analyze();
    assert.deepEqual(report.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' | ')}`), [], `${language} ${colorScheme} ${width}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${language} ${width}`);
  }
}

test('a newcomer: story, needs, plan, course and referral on one page', async () => {
  await signIn(page, office.address, 'akimat-almaty');
  const { cases } = await api('/api/v1/cases?procedure=one_window&state=better&as=centre&all=1');
  const id = cases[0].id;
  await accessible('/app/newcomers', '.card');
  await accessible(`/app/newcomers/${id}`, '.board');
  await open(`/app/newcomers/${id}`);
  await page.locator('.timeline .story-day').first().waitFor();
  const story = await api(`/api/v1/cases/${id}/story?as=centre&purpose=test`);
  assert.equal(story.agreed, true);
  assert.ok(story.cases.length > 1, 'other cases of the same person are told');
  assert.ok(story.cases.every((one) => one.procedure !== 'complaint'), 'a sealed case is never among them');
  assert.match(await page.locator('.board').innerText(), /Work as a welder/);
  assert.match(await page.locator('.side').innerText(), /20/);
});

test('a household: family, vacancy and home; the law pays by member and by month', async () => {
  await signIn(page, office.address, 'akimat-pavlodar');
  const { cases } = await api('/api/v1/cases?procedure=resettlement&state=settled&as=centre&all=1');
  const id = cases[0].id;
  await accessible('/app/households', '.card');
  await accessible(`/app/households/${id}`, '.two-tables table');
  await open(`/app/households/${id}`);
  await page.locator('.two-tables table').first().waitFor();
  const seen = await api(`/api/v1/cases/${id}?as=centre&purpose=test`);
  const people = Number(JSON.parse(seen.case.facts.find((one) => one.path === 'people').json));
  assert.equal(await page.locator('.two-tables table').first().locator('tbody tr').count(), people);
  assert.equal(await page.locator('.two-tables table').nth(1).locator('tbody tr').count(), 12);
  assert.equal(await page.locator('.triple__part').count(), 3);
  assert.equal(await page.locator('.stages li').count(), 2);
});
