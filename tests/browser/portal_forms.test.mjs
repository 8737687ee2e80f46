// What spares people typing: a case that has ended begins anew with its answers, a long list is searched by the keyboard, that nobody is on a
// list is said by a box, and what cannot be changed later is said before; a refusal comes to whoever pressed, a case is found by its number.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { axeProblems, inLanguage, isWell, settled } from './judge.mjs';
import { beginSession, interfaceOf, watch } from './portal.mjs';
import { startOffice, stage } from './server.mjs';

const here = stage(startOffice, { viewport: { width: 1280, height: 900 } });
let page;
let office;
let complaints;

before(async () => {
  await here.ready;
  page = here.page;
  office = interfaceOf(page, here.address);
  complaints = watch(page);
  await beginSession(page, here.address, 'steppe');
});

const at = async (path) => {
  await page.goto(`${here.address}${path}`);
  await settled(page);
};

/** One of the employer's applications that came to nothing, with something answered. */
async function ended() {
  const { cases } = await office.ask('/api/v1/cases?procedure=work_permit&all=1&limit=100');
  const found = cases.find((one) => ['refused', 'withdrawn', 'lapsed'].includes(one.state));
  if (found) return found.id;
  const running = cases.find((one) => one.state === 'examined');
  assert.ok(running, 'the demonstration has no application to withdraw');
  await office.post(`/api/v1/cases/${running.id}/actions/withdraw`, { version: running.version, facts: {} });
  return running.id;
}

const said = ({ facts }) => Object.fromEntries(facts.filter((one) => one.source === 'declared' && !one.path.includes('[')).map(({ path, json }) => [path, json]));

for (const [lang, width] of [['ru', 1280], ['kk', 320]]) {
  test(`an application that has ended begins anew with its answers, in ${lang}`, async () => {
    const id = await ended();
    await page.setViewportSize({ width, height: 900 });
    await at(inLanguage(`/app/cases/${id}`, lang));
    await isWell(page, `the ended case in ${lang}`);
    await page.locator('main button.ds-button').click();
    await page.waitForFunction((old) => location.pathname.startsWith('/app/cases/') && !location.pathname.endsWith(old), id);
    await page.locator('.tasks').waitFor();
    await settled(page);
    const copy = /\/app\/cases\/([^/?]+)/.exec(page.url())[1];
    assert.equal(await page.locator(`.notice a[href="/app/cases/${id}"]`).count(), 1, 'whose answers these are');
    await isWell(page, `the copy in ${lang}`);
    const [old, now] = [(await office.ask(`/api/v1/cases/${id}`)).case, (await office.ask(`/api/v1/cases/${copy}`)).case];
    assert.deepEqual(said(now), said(old));
    assert.equal(now.state, 'draft');
    await at(inLanguage(`/app/cases/${copy}/check`, lang));
    assert.match(await page.locator('.notice').first().innerText(), { ru: /изменить уже нельзя/, kk: /өзгерту мүмкін емес/ }[lang]);
  });
}

test('the same by the page without scripts', async () => {
  const id = await ended();
  await page.goto(`${here.address}/cases/${id}?lang=ru`);
  assert.deepEqual(await axeProblems(page), []);
  await Promise.all([page.waitForNavigation(), page.locator(`form[action^="/cases/${id}/copy"] button`).click()]);
  assert.doesNotMatch(page.url(), new RegExp(id));
  assert.equal(await page.locator(`main a[href^="/cases/${id}"]`).count(), 1);
});

test('a long list is searched by the keyboard, in the words of the reader', async () => {
  await page.setViewportSize({ width: 320, height: 900 });
  const { case: { id } } = await office.post('/api/v1/cases', { procedure: 'work_permit' });
  const form = (await office.ask(`/api/v1/cases/${id}`)).forms.find((one) => one.asks.includes('occupation'));
  await at(inLanguage(`/app/cases/${id}/forms/${form.form}`, 'ru'));
  const input = page.locator('input[role=combobox][id=occupation]');
  await input.focus();
  await page.keyboard.type('сварщ');
  await page.locator('[role=listbox] [role=option]').first().waitFor();
  assert.deepEqual(await axeProblems(page), [], 'with the list open');
  await page.keyboard.press('ArrowDown');
  const name = await page.locator(`[id="${await input.getAttribute('aria-activedescendant')}"]`).innerText();
  assert.match(name, /сварщ/i);
  await page.keyboard.press('Enter');
  assert.equal(await input.inputValue(), name);
  assert.equal(await page.locator('[role=listbox]').count(), 0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  assert.equal(await input.inputValue(), name, 'what was chosen stays');
  const regions = await page.locator('select[id=region] option').evaluateAll((all) => all.map((one) => one.value));
  assert.ok(regions.includes('KZ-61') && !regions.includes('KZ-51'), `regions of today: ${regions}`);
});

test('that nobody is on a list is said by a box of its own', async () => {
  const { case: { id } } = await office.post('/api/v1/cases', { procedure: 'work_permit' });
  const form = (await office.ask(`/api/v1/cases/${id}`)).forms.find((one) => one.asks.some((ask) => ask.startsWith('workers[]')));
  await at(inLanguage(`/app/cases/${id}/forms/${form.form}`, 'en'));
  await page.locator('[id=workers-nobody]').check();
  assert.equal(await page.locator('.members').count(), 0);
  await isWell(page, 'a list of nobody');
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL((url) => !url.pathname.endsWith(`/forms/${form.form}`));
  assert.equal((await office.ask(`/api/v1/cases/${id}`)).case.facts.find((one) => one.path === 'workers')?.json, '[]');
});

test('the desk says the whole way in its order, and the day of its clock', async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await at(inLanguage('/app/desk', 'en'));
  const parts = page.locator('.way__parts > li > a');
  assert.deepEqual(await parts.evaluateAll((all) => all.map((one) => new URL(one.href).pathname)), ['/app/start/market_test', '/app/start/work_permit']);
  await page.locator('.way button').click();
  await page.locator('.way__parts ol li', { hasText: 'Issue the permit' }).waitFor();
  const steps = await page.locator('.way__parts > li').last().innerText();
  assert.ok(steps.indexOf('Record the payment') > steps.indexOf('Grant') && steps.indexOf('Issue the permit') > steps.indexOf('Record the payment'), steps);
  assert.match(await page.locator('.frame__day').innerText(), /By its clock today is/);
  await isWell(page, 'the desk with the way open');
});

test('a desk first calls to what is lost after its last day; once it is a permit, its workers are counted in', async () => {
  await beginSession(page, here.address, 'caspian');
  const { cases } = await office.ask('/api/v1/cases?procedure=work_permit&state=granted');
  const { id, due } = cases[0];
  const { charges } = (await office.ask(`/api/v1/cases/${id}`)).case;
  const amount = new Intl.NumberFormat('en-GB').format(charges.find((one) => !one.paid).tiyn / 100);
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${due}T00:00:00Z`));
  const first = page.locator('main .card').first();
  for (const lang of ['kk', 'ru', 'en']) {
    await at(inLanguage('/app/desk', lang));
    await first.locator('.card__turn').waitFor();
    await isWell(page, `the desk of whoever must pay in ${lang}`);
  }
  assert.equal(await first.locator('a').getAttribute('href'), `/app/cases/${id}`);
  assert.equal(await first.locator('.card__turn').innerText(), `Pay ${amount} ₸ by ${day}.`);
  assert.match(await page.locator('main .then').first().innerText(), /do first what waits for you until a last day/);
  const act = async (login, name, facts) => {
    await beginSession(page, here.address, login);
    await office.post(`/api/v1/cases/${id}/actions/${name}`, { version: (await office.ask(`/api/v1/cases/${id}`)).case.version, facts });
  };
  await act('treasury', 'pay', { payment_reference: 'PO-77' });
  await act('akimat-atyrau', 'issue', {});
  await beginSession(page, here.address, 'caspian');
  await at(inLanguage('/app/desk', 'en'));
  const hiring = page.locator('main .section', { hasText: 'How many more you may hire' });
  await hiring.locator('figure').waitFor();
  assert.match(await hiring.innerText(), /Counted in: 1 worker permitted since.*Foreign staff\s+2\b/s);
  assert.equal(await page.locator('.card__turn').count(), 0);
  await beginSession(page, here.address, 'steppe');
});

test('an office that is late is no fault of the party, and what has ended is found from the desk', async () => {
  await at(inLanguage('/app/desk', 'en'));
  const { cases: rows } = await office.ask('/api/v1/cases?as=employer&by=due&limit=100');
  const late = rows.find((one) => one.late);
  const card = page.locator('main .card', { has: page.locator(`a[href$="${late.id}"]`) });
  await card.locator('.clock', { hasText: /The office is late since \d+ \w+\./ }).waitFor();
  assert.equal(await card.getAttribute('data-urgency'), 'calm');
  await page.locator('.ended summary').click();
  await page.locator('.ended .card').first().waitFor();
  await isWell(page, 'the desk with the ended cases');
  const { cases: all } = await office.ask('/api/v1/cases?as=employer&all=1&limit=100');
  const wanted = all.filter((one) => one.filed && !rows.some((row) => row.id === one.id)).map((one) => `/app/cases/${one.id}`);
  assert.ok(wanted.length > 0);
  assert.deepEqual(await page.locator('.ended .card > a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), wanted);
  assert.match(await page.locator('.ended .card').first().innerText(), /filed \d+ \w+ 20\d\d/);
});

test('an act that is refused says so where it was pressed, and is not offered as one that is possible', async () => {
  await page.setViewportSize({ width: 1280, height: 700 });
  const { cases } = await office.ask('/api/v1/cases?procedure=work_permit&state=draft&limit=100');
  const { id } = cases.at(-1);
  await at(inLanguage(`/app/cases/${id}`, 'en'));
  const variant = (action) => page.locator(`.actions a[href$="/actions/${action}"]`).getAttribute('data-variant');
  assert.deepEqual([await variant('submit'), await variant('discard')], ['secondary', 'tertiary']);
  await at(inLanguage(`/app/cases/${id}/actions/submit`, 'en'));
  await page.locator('main form .buttons button[type=submit]').click();
  await page.locator('.refused').waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('.refused[role=alert]'));
  const box = await page.locator('.refused').boundingBox();
  assert.ok(box.y >= 0 && box.y < 700, `the refusal stands at ${box.y}`);
  await isWell(page, 'a refused act');
});

test('the steps of the list and of the pages are counted alike', async () => {
  const { cases } = await office.ask('/api/v1/cases?procedure=work_permit&state=draft&limit=100');
  const { id } = cases.at(-1);
  await at(inLanguage(`/app/cases/${id}`, 'en'));
  const hrefs = await page.locator('.tasks a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const [place, href] of hrefs.entries()) {
    await at(inLanguage(href, 'en'));
    const left = hrefs.length - place - 1;
    const said = left === 0 ? `Step ${hrefs.length}, the last$` : `Step ${place + 1}; as far as is known, ${left} more to come$`;
    assert.match(await page.locator('.page__over').innerText(), new RegExp(said), href);
  }
});

test('a case is found by its running number; what leads nowhere is said', async () => {
  const { cases } = await office.ask('/api/v1/cases?procedure=work_permit&limit=100');
  const { id, number } = cases.find((one) => one.number);
  const find = async (text) => {
    await at(inLanguage('/app/', 'en'));
    await page.locator('#find-case').fill(text);
    await page.locator('.find-case button').click();
  };
  await find('KZ-75/WP/1999/000001');
  await page.locator('.find-case__told', { hasText: 'none has the number' }).waitFor();
  await find('what/ever');
  await page.locator('.find-case__told', { hasText: 'no number of a case' }).waitFor();
  await isWell(page, 'a search that found nothing');
  await find('KOSHI1.not.ours');
  await page.waitForURL('**/verify?code=KOSHI1.not.ours&lang=en');
  await page.locator('.verdict').waitFor();
  await find(number.toLowerCase());
  await page.waitForURL(`**/app/cases/${id}`);
});

test('a demonstration goes on to a later day, and whoever asked stays signed in', async () => {
  await at(inLanguage('/app/desk', 'en'));
  const { today } = await office.ask('/api/v1/office');
  const later = new Date(Date.parse(`${today}T00:00:00Z`) + 15 * 86_400_000).toISOString().slice(0, 10);
  await page.locator('.frame__day summary').click();
  await page.locator('.frame__day input[type=date]').fill(later);
  assert.match(await page.locator('.frame__day form').innerText(), /for everybody.*cannot be turned back/);
  await isWell(page, 'the day of a demonstration');
  const loaded = page.waitForEvent('load');
  await page.locator('.frame__day button').click();
  await loaded;
  await settled(page);
  assert.equal((await office.ask('/api/v1/office')).today, later);
  await page.locator('main h1', { hasText: 'Your desk' }).waitFor();
  assert.equal((await office.ask('/api/v1/session')).login, 'steppe');
  assert.match(await page.locator('.frame__day [role=status]').innerText(), /The day has moved from .* to .* acted on/);
  await page.waitForFunction(() => document.activeElement?.matches('.frame__moved'));
  await isWell(page, 'the day after it has moved');
});

test('what is taken over from a finished search says so in its place, and what comes next', async () => {
  const { cases } = await office.ask('/api/v1/cases?procedure=market_test&state=posted&limit=100');
  const { id } = cases.sort((a, b) => a.filed.localeCompare(b.filed))[0];
  const versionNow = async () => (await office.ask(`/api/v1/cases/${id}`)).case.version;
  await office.post(`/api/v1/cases/${id}/facts`, { version: await versionNow(), facts: { applicants: [] } });
  await office.post(`/api/v1/cases/${id}/actions/finish`, { version: await versionNow(), facts: {} });
  const { case: permit } = await office.post('/api/v1/cases', { procedure: 'work_permit' });
  await at(inLanguage(`/app/cases/${permit.id}`, 'en'));
  await page.locator('[data-part=earlier] button').first().click();
  const told = page.locator('main [role=status]', { hasText: 'Taken over from' });
  await told.waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent.startsWith('Taken over from'));
  assert.match(await told.innerText(), /What comes next: answer: “/);
  assert.ok((await office.ask(`/api/v1/cases/${permit.id}`)).case.facts.some((one) => one.source === 'case'));
  await isWell(page, 'what was taken over');
});

test('nothing was complained of, and nothing was asked of others', () => assert.deepEqual(complaints, []));
