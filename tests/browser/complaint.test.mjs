// A complaint without an account, in Russian and by the keyboard alone, on pages without scripts; and that neither police nor employer nor
// anybody else learns of it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { inLanguage, isWell } from './judge.mjs';
import { fillByKeyboard, followByKeyboard, pressButton, toTop } from './keyboard.mjs';
import { beginSession, interfaceOf } from './portal.mjs';
import { stage } from './server.mjs';

/** Page and style sheet together: it is read on a phone, perhaps on the last of its credit. */
const phoneBytes = 60_000;
const signs = [
  'wages_withheld', 'documents_withheld', 'movement_restricted', 'violence_used', 'threatened', 'deceived', 'debt_bonded', 'isolated',
  'overtime_excessive', 'conditions_abusive', 'vulnerability_abused',
];

const here = stage();
let page;
let id;

before(async () => {
  await here.ready;
  page = here.page;
});

async function isDiscreet(name) {
  await isWell(page, name);
  assert.equal(await page.locator('.way-out a').count(), 1, `${name}: a way out at once`);
  assert.equal(await page.locator('script').count(), 0, name);
  const response = await page.request.get(page.url());
  assert.match(response.headers()['cache-control'] ?? '', /no-store/, name);
  const css = await page.request.get(here.address + (await page.locator('link[rel=stylesheet]').getAttribute('href')));
  const bytes = (await response.body()).length + (await css.body()).length;
  assert.ok(bytes <= phoneBytes, `${name}: ${bytes} bytes`);
}

test('somebody complains without a name, and gets a key', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(here.address + inLanguage('/status', 'ru'));
  await page.goto(here.address + inLanguage('/without-account/complaint', 'ru'));
  await isDiscreet('the beginning');
  await toTop(page);
  await pressButton(page);
  assert.match(await page.locator('.code').innerText(), /^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$/, 'the key, shown once');
  await followByKeyboard(page, new URL(await page.locator('main a.button').getAttribute('href'), here.address).pathname);
  id = /\/cases\/([0-9A-Z]+)/.exec(page.url())[1];
  await isDiscreet('the case');
  await fill('what', { region: 'KZ-75', told: 'С мая не платят, паспорт у бригадира.', wanted: 'Зарплату и паспорт.' });
  const told = ['wages_withheld', 'documents_withheld'];
  await fill('signs', { ...Object.fromEntries(signs.map((one) => [`person.${one}`, told.includes(one) ? 'yes' : 'no'])), housing_bad: 'no' });
  await fill('who', { named: 'no' });
  await fill('employer', { 'employer.name': 'Субподрядчик' });
  if (pathNow() !== `/cases/${id}`) await followByKeyboard(page, `/cases/${id}`);
  await followByKeyboard(page, `/cases/${id}/actions/submit`);
  await isDiscreet('before it is sent');
  await pressButton(page);
  await isDiscreet('sent');
  assert.match(await page.innerText('main'), /Получено|Поступила|переда/i);
});

const pathNow = () => new URL(page.url()).pathname;

/** A form that is saved leads to the next one; the case stands behind the last. */
async function fill(form, values) {
  const path = `/cases/${id}/forms/${form}`;
  if (pathNow() !== path) await followByKeyboard(page, path);
  await isDiscreet(`the form ${form}`);
  await fillByKeyboard(page, values);
  assert.notEqual(pathNow(), path, `the form ${form} is taken: ${await page.innerText('main')}`);
}

for (const login of ['police-almaty', 'steppe', 'akimat-almaty', 'ministry']) {
  test(`${login} does not learn that there is a complaint`, async () => {
    await beginSession(page, here.address, login);
    const { ask } = interfaceOf(page, here.address);
    for (const below of ['', '/sheet', '/timeline', '/story', '/receipts/1', '/actions']) {
      const real = await page.request.get(`${here.address}/api/v1/cases/${id}${below}?purpose=test`);
      const none = await page.request.get(`${here.address}/api/v1/cases/0000000000${below}?purpose=test`);
      assert.equal(real.status(), none.status(), `${below}: as of a case that never was`);
      assert.ok(real.status() >= 400);
    }
    const { cases } = await ask('/api/v1/cases?all=1&limit=100');
    assert.ok(cases.every((one) => one.id !== id && one.procedure !== 'complaint'));
    for (const path of [`/app/cases/${id}`, `/cases/${id}`]) {
      await page.goto(here.address + inLanguage(path, 'ru'));
      await page.locator('main h1, main [role=alert]').first().waitFor();
      assert.doesNotMatch(await page.locator('main').innerText(), /Субподрядчик|паспорт|Жалоба/, path);
    }
  });
}

test('the centre that receives complaints has it in its queue, and passes it on', async () => {
  await beginSession(page, here.address, 'hotline');
  const { ask } = interfaceOf(page, here.address);
  const seen = await ask(`/api/v1/cases/${id}?purpose=test`);
  assert.equal(seen.case.state, 'received');
  assert.ok(seen.actions.some((one) => one.action === 'to_shelter'), 'one sign is enough for the shelter');
});
