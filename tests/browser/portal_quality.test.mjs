// What every screen of the portal must be: accessible by day and by night, whole on a narrow screen, usable by keyboard; and nothing that is
// typed gets lost.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { inLanguage, isWell, judge } from './judge.mjs';
import { password, settled, signIn, watch } from './portal.mjs';
import { startOffice, stage } from './server.mjs';

const here = stage(startOffice, { viewport: { width: 1280, height: 900 } });
let page;
let complaints;

before(async () => {
  await here.ready;
  page = here.page;
  complaints = watch(page);
});

async function open(path, lang = 'en') {
  await page.goto(here.address + inLanguage(path, lang));
  await settled(page);
}

/** The first of the visitor's cases that is so. */
async function findCase(test_) {
  const { cases } = await page.evaluate(async () => (await fetch('/api/v1/cases?by=due&limit=100')).json());
  const found = cases.find(test_);
  assert.ok(found, 'the demonstration has such a case');
  return found.id;
}

async function looked(path) {
  await judge(page, here.address + path);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('the screens before anybody signs in', async () => {
  await page.context().clearCookies();
  await looked('/app/');
  await looked('/app/sign-in');
  await looked('/app/nowhere');
});

test('the screens of an employer', async () => {
  await signIn(page, here.address, 'steppe');
  const draft = await findCase((row) => row.procedure === 'work_permit' && row.state === 'draft');
  const running = await findCase((row) => row.procedure === 'work_permit' && row.state === 'examined');
  await looked('/app/desk');
  await looked('/app/start/work_permit');
  await looked(`/app/cases/${draft}`);
  await looked(`/app/cases/${draft}/forms/post`);
  await looked(`/app/cases/${draft}/forms/workers`);
  await looked(`/app/cases/${draft}/documents`);
  await looked(`/app/cases/${draft}/check`);
  await looked(`/app/cases/${running}`);
  await looked(`/app/cases/${running}/actions/withdraw`);
});

test('the screens of an officer', async () => {
  await signIn(page, here.address, 'akimat-almaty');
  await looked('/app/desk');
  await looked(`/app/cases/${await findCase((row) => row.procedure === 'work_permit' && row.state === 'examined')}`);
});

for (const [lang, citizenship] of [['en', 'Türkiye (Turkey)'], ['ru', 'Турция'], ['kk', 'Түркия']]) {
  test(`an employer sees all workers over all permits, in ${lang}`, async () => {
    await signIn(page, here.address, 'steppe', lang);
    await page.locator('details.workers > summary').click();
    await page.locator('details.workers tbody tr').first().waitFor();
    await settled(page);
    const rows = await page.locator('details.workers tbody tr').allInnerTexts();
    const { cases } = await (await page.request.get(`${here.address}/api/v1/cases?as=employer&by=due&limit=100`)).json();
    const named = cases.filter((one) => one.procedure === 'work_permit' && one.filed).flatMap((one) => one.title.split(' · ').at(-1).split(', '));
    assert.ok(named.length > 2);
    for (const name of named) assert.ok(rows.some((row) => row.includes(name) && row.includes(citizenship)), `${name} is not among ${rows}`);
    assert.equal(await page.locator('details.workers tbody a').first().getAttribute('href').then((href) => /^\/app\/cases\//.test(href)), true);
    await isWell(page, `the workers in ${lang}`);
  });
}

test('the queue is walked by keys', async () => {
  await signIn(page, here.address, 'akimat-almaty');
  const hrefs = await page.locator('.queue tbody a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(hrefs.length > 3);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), hrefs[1]);
  await page.keyboard.press('?');
  await page.locator('dialog[open] kbd').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await page.keyboard.press('/');
  await page.keyboard.type('zhibek');
  await page.waitForFunction((all) => document.querySelectorAll('.queue tbody tr').length < all, hrefs.length);
  for (const name of await page.locator('.queue tbody td:nth-of-type(1)').allInnerTexts()) assert.match(name, /zhibek/i);
  await page.locator('.queue tbody a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/app/cases/*');
});

test('what was typed is there again after the tab was closed', async () => {
  await signIn(page, here.address, 'steppe');
  const path = `/app/cases/${await findCase((row) => row.procedure === 'work_permit' && row.state === 'draft')}/forms/post`;
  await open(path);
  await page.locator('#term_months').fill('7');
  await page.locator('[role=status]', { hasText: 'Saved as a draft' }).waitFor();
  await page.goto('about:blank');
  await open(path);
  await page.locator('.notice').waitFor();
  assert.equal(await page.locator('#term_months').inputValue(), '7');
});

test('a session that ends asks for the password and goes on', async () => {
  await signIn(page, here.address, 'steppe');
  const path = `/app/cases/${await findCase((row) => row.procedure === 'work_permit' && row.state === 'draft')}/forms/territory`;
  await open(path);
  await page.locator('#territories').fill('2');
  await page.context().clearCookies();
  await page.locator('main form button[type=submit]').click();
  const dialog = page.locator('dialog[open]');
  await dialog.waitFor();
  // Nothing of what only he may see is left in the page, not even hidden; it comes back with him.
  assert.equal(await page.locator('#territories').count(), 0);
  assert.equal(await page.locator('main').innerText(), '');
  assert.equal(await page.title(), 'Köshi');
  assert.equal(await page.locator('.frame__who').count(), 0);
  await dialog.locator('#password').fill(password);
  await dialog.locator('button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.endsWith('/forms/territory'));
  await open(path);
  assert.equal(await page.locator('#territories').inputValue(), '2');
});

test('a session that ends unused leaves nothing on the screen', async () => {
  const other = await page.context().newPage();
  await other.clock.install();
  await signIn(other, here.address, 'steppe');
  assert.notEqual(await other.locator('main').innerText(), '');
  await other.context().clearCookies(); // the server has ended it
  await other.clock.fastForward('29:30');
  assert.equal(await other.locator('dialog[open]').count(), 0);
  await other.clock.fastForward('01:00');
  await other.locator('dialog[open]').waitFor();
  assert.equal(await other.locator('main').innerText(), '');
  await other.close();
});

test('a stale tab shows both versions and keeps what is chosen', async () => {
  await signIn(page, here.address, 'steppe');
  const id = await findCase((row) => row.procedure === 'work_permit' && row.state === 'draft');
  await open(`/app/cases/${id}/forms/territory`);
  await page.locator('#territories').fill('3');
  // Somebody else of the same employer goes on with the case in another tab.
  await page.evaluate(async (number) => {
    const session = await (await fetch('/api/v1/session')).json();
    const seen = await (await fetch(`/api/v1/cases/${number}`)).json();
    const answer = await fetch(`/api/v1/cases/${number}/facts`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf },
      body: JSON.stringify({ version: seen.case.version, facts: { territories: 4 } }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }, id);
  await page.locator('main form button[type=submit]').click();
  await page.locator('.stale').waitFor();
  const cells = await page.locator('.stale tbody td').allInnerTexts();
  assert.deepEqual(cells.map((cell) => cell.trim()), ['3', '4']);
  await page.locator('.stale button').first().click();
  await page.locator('main form > .buttons button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.endsWith('/forms/territory'));
  await open(`/app/cases/${id}/forms/territory`);
  assert.equal(await page.locator('#territories').inputValue(), '3');
});

test('a list is pasted from a spreadsheet, and what does not fit is told in its place', async () => {
  await signIn(page, here.address, 'steppe');
  await open(`/app/cases/${await findCase((row) => row.procedure === 'work_permit' && row.state === 'draft')}/forms/workers`);
  await page.locator('.paste summary').click();
  await page.locator('.paste textarea').fill('Ali Veli\tTR\tU1\tengineer\nJan Nowak\tNarnia\tP2\twelder');
  await page.locator('.paste button').click();
  assert.equal(await page.locator('[id="workers[0].person.full_name"]').inputValue(), 'Ali Veli');
  assert.equal(await page.locator('[id="workers[0].person.nationality"]').inputValue(), 'Türkiye (Turkey)', 'the code is told by its name');
  assert.equal(await page.locator('[id="workers[1].person.nationality"]').inputValue(), '');
  await page.locator('.paste a', { hasText: 'Narnia' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'workers[1].person.nationality');
});

test('nothing was complained of, and nothing was asked of others', () => assert.deepEqual(complaints, []));
