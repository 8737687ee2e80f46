// What everybody sees in the portal, and the ministry: the quota, its ledger and plan, the law along time, the journal and its proofs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { judge, show as showAt } from './judge.mjs';
import { beginSession, watch } from './portal.mjs';
import { startOffice, stage } from './server.mjs';

const closed = { ledger: '/app/ledger', account: '/app/ledger?account=permits/2026/KZ-75/second', plan: '/app/plan' };

const here = stage(startOffice, { acceptDownloads: true });
let page;
let complaints;

before(async () => {
  await here.ready;
  page = here.page;
  complaints = watch(page);
});

const show = (path) => showAt(page, here.address + path);

for (const [name, path] of Object.entries(closed)) {
  test(`${name}: accessible to the ministry in three languages, by day and by night, wide and narrow`, async () => {
    await beginSession(page, here.address, 'ministry');
    await judge(page, here.address + path);
  });
}

test('the quota shows its sum, its regions and its year, and a region alone', async () => {
  await page.context().clearCookies();
  await show('/app/quota');
  assert.match(await page.locator('.picture-sentence').first().innerText(), /^Of [\d,]+ places \d+ are used/);
  assert.equal(await page.locator('.picture-drawing a[href*="region=KZ-"]').count(), 20);
  await page.locator('.picture-drawing a[href*="region=KZ-75"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/region=KZ-75/);
  await page.locator('select').nth(2).waitFor();
  assert.equal(await page.locator('select').nth(2).inputValue(), 'KZ-75');
  const answer = await (await page.request.get(`${here.address}/api/v1/quota?prefix=permits/2026/KZ-75/`)).json();
  const limit = answer.accounts.reduce((sum, one) => sum + one.limit, 0);
  await page.getByText(`Of ${limit.toLocaleString('en')} places`).first().waitFor();
});

test('the ministry goes from a figure to the case behind it', async () => {
  await beginSession(page, here.address, 'ministry');
  await show('/app/ledger');
  await page.locator('#region-KZ-75 > summary').click();
  const answer = await (await page.request.get(`${here.address}/api/v1/quota?prefix=permits/2026/KZ-75/`)).json();
  const used = answer.accounts.find((one) => one.committed + one.held > 0);
  await page.locator(`#region-KZ-75 a[href="/app/ledger?account=${encodeURIComponent(used.account)}"]`).click();
  await page.locator('#postings table').waitFor();
  const rows = await page.locator('#postings tbody tr').count();
  assert.ok(rows > 0);
  await page.locator('#postings a[href^="/app/cases/"]').first().click();
  await page.waitForURL(/\/app\/cases\/[0-9A-Z]+/);
});

test('nobody else looks into an account', async () => {
  await beginSession(page, here.address, 'steppe');
  await show('/app/ledger?account=permits/2026/KZ-75/second');
  await page.locator('.ds-alert').waitFor();
  assert.equal(await page.locator('#postings').count(), 0);
});

test('the law by date: the slider moves what is in force, from change to change', async () => {
  await page.context().clearCookies();
  await show('/app/law?on=2016-03-10');
  const rules = () => page.locator('.facts b').nth(1).innerText();
  const then = await rules();
  await page.locator('.law-slider input[type=date]').fill('2005-01-01');
  await page.locator('.law-slider input[type=date]').dispatchEvent('change');
  await page.locator('.law-slider output', { hasText: '2005' }).waitFor();
  assert.notEqual(await rules(), then);
  await page.locator('.law-slider input[type=range]').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('.law-slider output', { hasText: '2 January 2005' }).waitFor();
  await page.getByLabel('Find a norm').fill('register');
  const found = await page.locator('.norms a[href^="/app/law/norm?"]').count();
  assert.ok(found > 0 && found < 60, `${found} found`);
});

test('a norm: its timeline, its rules of the day, and how sure each citation is', async () => {
  await show('/app/law/norm?name=person.registration_due&on=2016-03-10');
  assert.ok((await page.locator('.picture-drawing rect').count()) > 1);
  const cards = await page.locator('.rule-card').count();
  assert.ok(cards > 0);
  assert.equal(await page.locator('.rule-card.is-off').count(), 0);
  assert.ok((await page.locator('.rule-card .confidence').count()) >= cards);
  await page.getByLabel('Show those of other days too').check();
  assert.ok((await page.locator('.rule-card').count()) > cards);
});

test('a draft: what goes and what comes', async () => {
  await show('/app/law/reforms/compulsory_insurance');
  assert.ok((await page.locator('.diff').count()) > 0);
  assert.ok((await page.locator('.diff__line.is-added').count()) > 0);
});

async function receiptOf(login) {
  await beginSession(page, here.address, login);
  const cases = await (await page.request.get(`${here.address}/api/v1/cases?all=1`)).json();
  const id = cases.cases[0].id;
  const timeline = await (await page.request.get(`${here.address}/api/v1/cases/${id}/timeline`)).json();
  const sequence = timeline[0].sequence;
  return (await page.request.get(`${here.address}/api/v1/cases/${id}/receipts/${sequence}`)).text();
}

test('a receipt is verified in the browser, and sent nowhere', async () => {
  const receipt = await receiptOf('steppe');
  await page.context().clearCookies();
  await show('/app/journal');
  const sent = [];
  const note = (request) => sent.push(`${request.method()} ${request.url()}`);
  page.on('request', note);
  await page.locator('#receipt').fill(receipt);
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await page.locator('.verdict').waitFor();
  assert.equal(await page.locator('.verdict h3').innerText(), 'The receipt is genuine');
  page.off('request', note);
  assert.deepEqual(sent.filter((one) => !/GET .*\/app\/assets\//.test(one)), []);
});

test('a receipt that was altered proves nothing, and the verdict says why', async () => {
  const receipt = await receiptOf('steppe');
  await show('/app/journal');
  const verdictOf = async (text) => {
    await page.locator('#receipt').fill(text);
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await page.locator('.verdict.is-bad').waitFor();
    return page.locator('.verdict p').innerText();
  };
  assert.match(await verdictOf(receipt.replace(/event ..../, 'event 0000')), /act or its place was altered/);
  assert.match(await verdictOf(receipt.slice(0, 100)), /not whole/);
  const [, origin, size] = /\n\n([^\n]+)\n(\d+)\n[^\n]+\n\n\u2014/.exec(receipt);
  assert.match(await verdictOf(receipt.replace(`${origin}\n${size}\n`, `${origin}\n${Number(size) + 1}\n`)), /signature does not fit/);
});

test('files come with the layout that is told of them', async () => {
  await show('/app/journal');
  for (const card of await page.locator('.data-sets > li').all()) {
    const columns = await card.locator('dt').allInnerTexts();
    const [file] = await Promise.all([page.waitForEvent('download'), card.getByRole('button').click()]);
    const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
    assert.equal(lines[0], `\ufeff${columns.join(',')}`);
    assert.ok(lines.length > 3, columns.join());
  }
});

test('a number finds its case or paper', async () => {
  await page.context().clearCookies();
  await show('/app/');
  await page.locator('#find-case').fill('t0tx1z0nya');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/app\/cases\/T0TX1Z0NYA/);
});

test('nothing was asked of anybody else', () => {
  assert.deepEqual(complaints, []);
});
