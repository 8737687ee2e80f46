// The police in the portal: who has stayed too long and why somebody looked, a paper in one word, days, and protection before a removal.
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
  await signIn(page, office.address, 'police-almaty');
});
after(async () => {
  await browser?.stop();
  await office?.stop();
});

const open = (path, language = 'en') => page.goto(`${office.address}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
const api = async (path) => (await page.request.get(office.address + path)).json();

for (const path of ['/app/overstays', '/app/check', '/app/days']) {
  test(`${path}: accessible in three languages, by day and by night, wide and narrow`, async () => {
    for (const [language, colorScheme, width] of [['en', 'light', 1280], ['ru', 'dark', 320], ['kk', 'light', 320], ['kk', 'dark', 1280]]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await open(path, language);
      await page.locator('form.look').waitFor();
      const report = await new AxeBuilder({ page }).withTags(tags).analyze();
      assert.deepEqual(report.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' | ')}`), [], `${language} ${colorScheme} ${width}`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
    }
  });
}

test('nobody sees the list of those who stayed too long without saying why; the law counts, and the look is kept', async () => {
  assert.equal((await page.request.get(`${office.address}/api/v1/watch?norm=person.stay_overrun&as=police`)).status(), 422);
  await open('/app/overstays');
  await page.locator('form.look button[type=submit]').click();
  assert.equal(await page.locator('.purpose__error').count(), 1);
  await page.locator('.purpose__usual button').first().click();
  await page.locator('form.look button[type=submit]').click();
  await page.locator('[aria-live] p').first().waitFor();
  assert.match(await page.locator('[aria-live] p').first().innerText(), /open cases? looked through/);
  const told = await api('/api/v1/watch?norm=person.stay_overrun&show=person.permitted_until&as=police&purpose=test&facts=full_name&assume=residence=temporary,visa=no');
  assert.ok(told.rows.length > 0);
  for (const row of told.rows.filter((one) => one.verdict !== 'open')) assert.ok(row.days > 0, JSON.stringify(row));
  assert.equal(await page.locator('.person').count(), told.rows.length);
});

test('days: the law says what is left, and a journey that is tried out changes it', async () => {
  await open('/app/days');
  const { today } = await api('/api/v1/office');
  const day = (offset) => new Date(Date.parse(`${today}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
  await page.locator('.dates').first().locator('input').first().fill(day(-29));
  await page.locator('.big-verdict__text').first().waitFor();
  assert.match(await page.locator('.big-verdict__text').first().innerText(), /60 days/);
  await page.locator('.dates').last().locator('input').first().fill(day(10));
  await page.locator('.dates').last().locator('input').last().fill(day(19));
  await page.locator('.big-verdict__text').nth(1).waitFor();
  assert.match(await page.locator('.big-verdict__text').nth(1).innerText(), /50 days/);
  assert.equal(await page.locator('figure.picture svg').count() > 0, true);
});

test('a paper that nobody issued reads so in large words', async () => {
  await open('/app/check');
  await page.locator('#paper').fill('nothing');
  await page.locator('.purpose__usual button').first().click();
  await page.locator('form.look button[type=submit]').click();
  assert.match(await page.locator('.purpose__error').innerText(), /T0TX1Z0NYA/);
  await page.locator('#paper').fill('0000000000/1');
  await page.locator('form.look button[type=submit]').click();
  assert.match(await page.locator('.big-verdict h2').innerText(), /No such paper/);
});

test('before an expulsion the law is asked whether the person must be referred, and the act stays out of reach until then', async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  const { cases } = await api('/api/v1/cases?procedure=offence&state=found&as=police');
  let found;
  for (const one of cases) {
    const seen = await api(`/api/v1/cases/${one.id}?as=police&purpose=test`);
    if (seen.actions.some((action) => action.action === 'refer')) found = one.id;
  }
  const late = { region: 'KZ-75', article: '517', part: 3, found_on: '2026-09-01', evidence: 'Register', offender: 'person', repeat: false,
    'accused.full_name': 'Bahrom Sharipov', 'accused.nationality': 'TJ', 'accused.passport_number': 'FB2000002', days_late: 40 };
  if (!found) {
    const csrf = (await api('/api/v1/session')).csrf;
    const post = async (path, data) => (await page.request.post(office.address + path, { data, headers: { 'X-CSRF-Token': csrf } })).json();
    const opened = await post('/api/v1/cases', { procedure: 'offence' });
    const filled = await post(`/api/v1/cases/${opened.case.id}/facts`, { version: opened.case.version, facts: late });
    const done = await post(`/api/v1/cases/${opened.case.id}/actions/find`, { version: filled.case.version, facts: {} });
    assert.equal(done.case?.state, 'found', JSON.stringify(done).slice(0, 300));
    found = done.case.id;
  }
  await open(`/app/cases/${found}/actions/refer`);
  const submit = page.locator('form .buttons button[type=submit]');
  await page.locator('.protect').waitFor();
  assert.equal(await submit.count(), 0);
  assert.equal(await page.locator('.signs input').count() >= 11, true);
  await page.locator('.signs input').nth(6).check();
  await page.locator('.sign--asked input').check();
  await page.locator('.protect button').click();
  await page.locator('.big-verdict').waitFor();
  assert.match(await page.locator('.big-verdict h3').innerText(), /Refer for help first/);
  assert.equal(await submit.count(), 0);
  const report = await new AxeBuilder({ page }).withTags(tags).analyze();
  assert.deepEqual(report.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' | ')}`), []);
  await page.locator('.big-verdict input').check();
  assert.equal(await submit.count(), 1);
  await page.locator('.signs input').nth(6).uncheck();
  assert.equal(await submit.count(), 0);
  await page.locator('.protect button').click();
  assert.match(await page.locator('.big-verdict h3').innerText(), /No sign/);
  assert.equal(await submit.count(), 1);
});
