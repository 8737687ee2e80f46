// What becomes of a permit in force: it is extended, another worker takes a place, it is given back, it is revoked; each by the people who do
// it, by what the pages offer, and each page says what comes next. The day is one on which an extension may be filed.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { interfaceOf, watch } from './portal.mjs';
import { codeOnPaper, textOfPaper } from './scan.mjs';
import { startOffice, stage } from './server.mjs';
import { walkOf } from './walk.mjs';

const day = '2026-08-25';
const here = stage(() => startOffice(['--clock', day]), { viewport: { width: 1280, height: 900 } });
let page;
let office;
let walk;
let complaints;

before(async () => {
  await here.ready;
  page = here.page;
  office = interfaceOf(page, here.address);
  complaints = watch(page);
  walk = walkOf(page, here.address, async (name) => {
    const said = await page.locator('main .next:visible, main .then:visible').allInnerTexts();
    assert.ok(said.length > 0 && said.every((text) => text.trim().length > 15), `${name} does not say what comes next: ${said.join(' | ')}`);
  });
});

/** The employer's permit that is in force, of this worker. */
async function inForce(worker) {
  const { cases } = await office.ask('/api/v1/cases?procedure=work_permit&state=in_force');
  const found = cases.find((one) => one.title.includes(worker));
  assert.ok(found, `the demonstration has no permit of ${worker}`);
  return found;
}
const caseNow = async (id) => (await office.ask(`/api/v1/cases/${id}`)).case;
const validUntil = ({ facts }) => JSON.parse(facts.find((one) => one.path === 'valid_until').json);
const verdictOn = async (number) => (await fetch(`${here.address}/api/v1/papers/${number}`)).json();
const paperOf = async (id) => (await page.request.get(`${here.address}/api/v1/cases/${id}/papers/${(await caseNow(id)).papers.length}`)).body();

test('a permit is extended, in Russian: prepared, filed, granted, paid', async () => {
  await walk.comeIn('astana-soft', 'ru');
  const { id, due: end } = await inForce('Ravi Kumar');
  await walk.open(id);
  await walk.act('begin_extension', { term_months: '6' });
  await walk.open(id);
  await page.locator('.tasks a[href$="/documents"]').click();
  await page.waitForURL('**/documents');
  await walk.attachAll();
  await walk.act('file_extension');
  await walk.comeIn('akimat-astana', 'ru');
  await walk.open(id);
  await walk.decide('grant_extension', { documents_false: 'no', qualification_fits: 'yes' });
  await walk.comeIn('treasury', 'ru');
  await walk.open(id);
  await walk.act('pay_extension', { payment_reference: 'PO-42' });
  await walk.comeIn('astana-soft', 'ru');
  await walk.open(id);
  const now = await caseNow(id);
  assert.equal(now.state, 'in_force');
  assert.ok(validUntil(now) > end, `extended from ${end} to ${validUntil(now)}`);
  const pdf = await paperOf(id);
  assert.match(codeOnPaper(pdf), /\/verify\?code=KOSHI1\./);
  assert.equal((await verdictOn(now.papers.at(-1).number)).valid, true);
});

test('another worker takes the place, in Kazakh: asked for, and issued anew', async () => {
  await walk.comeIn('steppe', 'kk');
  const { id, due } = await inForce('Ayşe Demir');
  await walk.open(id);
  await walk.act('ask_replacement', {
    'replacement.person.full_name': 'Ayşe Demir', 'replacement.contract_ended': '2026-08-20', 'replacement.new_name': 'Emre Yıldız',
    'replacement.new_category': 'second', 'replacement.new_occupation': '2142',
  });
  await walk.comeIn('akimat-almaty', 'kk');
  await walk.open(id);
  await walk.decide('approve_replacement', { 'replacement.new_qualification_proved': 'yes' });
  await walk.comeIn('steppe', 'kk');
  await walk.open(id);
  const now = await caseNow(id);
  assert.equal(now.state, 'in_force');
  assert.equal(validUntil(now), due, 'the term stays as it was');
  assert.match(textOfPaper(await paperOf(id)), /Emre Yıldız/);
});

test('a permit is given back, in English: it is valid no more', async () => {
  await walk.comeIn('steppe', 'en');
  const { id } = await inForce('Mehmet Yılmaz');
  const { number } = (await caseNow(id)).papers.at(-1);
  assert.equal((await verdictOn(number)).valid, true);
  await walk.open(id);
  await walk.act('give_back');
  assert.match(await page.locator('.next').innerText(), /closed/);
  assert.equal((await caseNow(id)).state, 'returned');
  assert.equal((await verdictOn(number)).valid, false);
});

test('an office ends a permit, in Russian: the decision gives its reason', async () => {
  await walk.comeIn('caspian', 'ru');
  const { id } = await inForce('Marco Rossi');
  const { number } = (await caseNow(id)).papers.at(-1);
  await walk.comeIn('akimat-atyrau', 'ru');
  await walk.open(id);
  await walk.decide('revoke', { revocation_reason: 'Доля местных кадров не соблюдена' });
  await walk.comeIn('caspian', 'ru');
  await page.goto(`${here.address}/app/cases/${id}`);
  await page.locator('.next', { hasText: /отозвано/i }).waitFor();
  assert.match(textOfPaper(await paperOf(id)), /Доля местных кадров/);
  assert.equal((await verdictOn(number)).valid, false);
});

test('nothing was complained of, and nothing was asked of others', () => assert.deepEqual(complaints, []));
