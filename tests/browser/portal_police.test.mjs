// The police in the portal: who has stayed too long and why somebody looked, a paper in one word, days, and protection before a removal.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { isWell, judge, settled, show } from './judge.mjs';
import { beginSession, interfaceOf } from './portal.mjs';
import { stage } from './server.mjs';

const here = stage();
let page;
let police;

before(async () => {
  await here.ready;
  page = here.page;
  await beginSession(page, here.address, 'police-almaty');
  police = interfaceOf(page, here.address);
});

const open = (path) => show(page, here.address + path);

for (const path of ['/app/overstays', '/app/check', '/app/days']) {
  test(`${path}: accessible in three languages, by day and by night, wide and narrow`, async () => {
    await judge(page, here.address + path, () => page.locator('form.look').waitFor());
  });
}

test('nobody sees the list of those who stayed too long without saying why; the law counts, and the look is kept', async () => {
  assert.equal((await page.request.get(`${here.address}/api/v1/watch?norm=person.stay_overrun&as=police`)).status(), 422);
  await open('/app/overstays');
  await page.locator('form.look button[type=submit]').click();
  assert.equal(await page.locator('.purpose__error').count(), 1);
  await page.locator('.purpose__usual button').first().click();
  await page.locator('form.look button[type=submit]').click();
  await page.locator('[aria-live] p').first().waitFor();
  assert.match(await page.locator('[aria-live] p').first().innerText(), /open cases? looked through/);
  const told = await police.ask('/api/v1/watch?norm=person.stay_overrun&show=person.permitted_until&as=police&purpose=test&facts=full_name&assume=residence=temporary,visa=no');
  assert.ok(told.rows.length > 0);
  for (const row of told.rows.filter((one) => one.verdict !== 'open')) assert.ok(row.days > 0, JSON.stringify(row));
  assert.equal(await page.locator('.person').count(), told.rows.length);
});

test('days: the law says what is left, and a journey that is tried out changes it', async () => {
  await open('/app/days');
  const { today } = await police.ask('/api/v1/office');
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

/** An offence for which a court may expel, about somebody whom nobody has asked yet. */
async function foundOffence() {
  const { cases } = await police.ask('/api/v1/cases?procedure=offence&state=found&as=police');
  for (const one of cases) {
    const seen = await police.ask(`/api/v1/cases/${one.id}?as=police&purpose=test`);
    if (seen.actions.some((action) => action.action === 'refer')) return one.id;
  }
  throw new Error('the demonstration has such an offence');
}

const button = () => page.locator('main form .buttons button[type=submit]');

async function act(id, action) {
  await open(`/app/cases/${id}/actions/${action}`);
  await button().waitFor();
}

async function answerSigns(told) {
  for (const name of await page.locator('main form input[type=radio]').evaluateAll((all) => [...new Set(all.map((one) => one.name))])) {
    const value = name === 'heard_alone' || told.includes(name) ? 'yes' : 'no';
    await page.locator(`input[type=radio][name="${name}"][value="${value}"]`).check();
  }
  await button().click();
  await page.waitForURL('**/done/*');
  await settled(page);
}

test('nobody is handed over to be expelled before the question of protection; with a sign the way leads to help', async () => {
  const found = await foundOffence();
  await act(found, 'refer');
  assert.match(await page.locator('.checks').innerText(), /Ask first whether the person needs protection/);
  await isWell(page, 'the act with what the law asks of it');
  await button().click();
  await page.locator('[role=alert], .error-summary').first().waitFor();
  assert.equal(new URL(page.url()).pathname.endsWith('/actions/refer'), true, 'the law refuses');
  await act(found, 'ask_protection');
  assert.equal(await page.locator('main form fieldset').count() >= 12, true, 'eleven signs, and whether the person was alone');
  await answerSigns(['accused.documents_withheld']);
  await act(found, 'refer');
  assert.match(await page.locator('.checks').innerText(), /who must be referred for help is not removed/);
  await act(found, 'refer_for_help');
  await button().click();
  await page.waitForURL('**/done/*');
  const seen = await police.ask(`/api/v1/cases/${found}?as=police&purpose=test`);
  assert.equal(seen.case.state, 'referred');
});
