// Ways of people through the portal by the keyboard alone, in three languages: from the sign-in to the receipt, and what an office makes of
// it; a complaint's way stands in complaint.test.mjs. Fields are found by the facts that the server asks, so nothing here knows how a form
// looks.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { isWell, settled } from './judge.mjs';
import { answer, fillScreen, goByLink, tabTo, toTop } from './keyboard.mjs';
import { beginSession, interfaceOf, paper, password, watch } from './portal.mjs';
import { startOffice, stage } from './server.mjs';

const here = stage(startOffice, { viewport: { width: 1280, height: 900 } });
let page;
let office;
let complaints;
let today;

before(async () => {
  await here.ready;
  page = here.page;
  office = interfaceOf(page, here.address);
  complaints = watch(page);
  today = (await office.ask('/api/v1/office')).today;
});

const dayBefore = (days) => new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
const path = () => new URL(page.url()).pathname;
const caseOf = () => /\/app\/cases\/([^/]+)/.exec(path())[1];

async function open(where, language) {
  await page.goto(`${here.address}${where}?lang=${language}`);
  await settled(page);
}

async function signIn(login, language) {
  await page.context().clearCookies();
  await open('/app/sign-in', language);
  await toTop(page);
  for (const [id, value] of [['login', login], ['password', password]]) await answer(page, await tabTo(page, (one) => one.id === id), value);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/app/desk');
  await settled(page);
}

/** From the desk into a new case, and through its forms to the last of them; documents are attached where they are wanted. */
async function apply(procedure, answers) {
  await goByLink(page, `/app/start/${procedure}`);
  await toTop(page);
  await tabTo(page, (one) => one.tag === 'BUTTON');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/app/cases/*');
  await settled(page);
  const id = caseOf();
  await goByLink(page, /\/forms\//);
  for (let step = 0; step < 12 && path().includes('/forms/'); ++step) await fillScreen(page, answers);
  if (path().endsWith('/documents')) await attachAll();
  assert.match(path(), /\/check$/, 'the forms lead to the check of the answers');
  return id;
}

async function attachAll() {
  for (const row of await page.locator('.document').all()) {
    // The dialogue for a file is the system's, not the page's; that the keyboard reaches it is seen all the same.
    await row.locator('input[type=file]').setInputFiles({ name: 'paper.pdf', mimeType: 'application/pdf', buffer: paper });
    await row.locator('.document__file').waitFor();
  }
  await toTop(page);
  await tabTo(page, (one) => one.tag === 'INPUT' && one.type === 'file');
  await goByLink(page, /\/check$/);
}

/** An act by its link and the button of its page, to the receipt that says what comes next. */
async function act(name, answers = {}) {
  await goByLink(page, new RegExp(`/actions/${name}$`));
  await page.locator('main form .buttons button[type=submit]').waitFor();
  await fillScreen(page, answers);
  assert.match(path(), /\/done\/\d+$/, await page.locator('main').innerText());
  await isWell(page, `receipt of ${name}`);
  assert.ok((await page.locator('.next').first().innerText()).length > 10, 'the receipt says what comes next');
}

/** What the office does in the meantime, by its own session. */
async function officeActs(id, login, as, acts) {
  await beginSession(page, here.address, login);
  for (const [action, facts] of acts) {
    const seen = await office.ask(`/api/v1/cases/${id}?as=${as}&purpose=test`);
    await office.post(`/api/v1/cases/${id}/actions/${action}?as=${as}`, { version: seen.case.version, facts });
  }
}

/** An officer finds the case in the queue and decides on its page. */
async function decide(id, login, language, name, facts = {}) {
  await signIn(login, language);
  await goByLink(page, `/app/cases/${id}`);
  await toTop(page);
  const choice = await tabTo(page, (one) => one.type === 'radio');
  await answer(page, choice, name);
  await settled(page);
  await fillScreen(page, facts);
  assert.match(path(), /\/done\/\d+$/, await page.locator('main').innerText());
}

const stateOf = async (id, as) => (await office.ask(`/api/v1/cases/${id}?as=${as}&purpose=test`)).case.state;

test('work permit, in English: from the vacancy to a paper that anybody checks', async () => {
  await signIn('steppe', 'en');
  const post = { 'employer.name': 'Steppe Build LLP', occupation: '2142', region: 'KZ-75', headcount: '1' };
  await apply('market_test', { ...post, post_requirements: 'A degree', wage_offered: '450000' });
  await act('post');
  await goByLink(page, '/app/desk');
  const id = await apply('work_permit', {
    ...post, category: 'second', sector: 'F', term_months: '12', territories: '1', vacancy_posted: dayBefore(20), 'employer.kind': 'company', 'employer.size': 'large',
    'employer.citizens_upper': '20', 'employer.foreigners_upper': '1', 'workers[0].person.full_name': 'Selin Kaya',
    'workers[0].person.nationality': 'TR', 'workers[0].person.passport_number': 'U20000009', 'workers[0].qualification': 'engineer',
  });
  await act('submit');
  await decide(id, 'akimat-almaty', 'en', 'examine', { documents_false: 'no', qualification_fits: 'yes' });
  await decide(id, 'akimat-almaty', 'en', 'grant');
  await signIn('steppe', 'en');
  await goByLink(page, `/app/cases/${id}`);
  assert.match(await page.locator('.next').innerText(), /Pay the fee within ten working days/, 'what was told last says what comes next');
  await signIn('treasury', 'en');
  await goByLink(page, `/app/cases/${id}`);
  await act('pay', { payment_reference: 'PO-41' });
  await decide(id, 'akimat-almaty', 'en', 'issue');
  assert.equal(await stateOf(id, 'akimat'), 'in_force');
  await signIn('steppe', 'en');
  await goByLink(page, `/app/cases/${id}`);
  const permit = await page.locator('.papers li').last().locator('a[href^="/verify/"]').getAttribute('href');
  await page.context().clearCookies();
  await goByLink(page, permit);
  assert.match(await page.locator('main').innerText(), /valid/i);
});

test('household permit, in English: asked for, examined, granted by the police', async () => {
  await signIn('dilshod', 'en');
  const id = await apply('household_permit', {
    region: 'KZ-75', 'employer.name': 'Mrs Ospanova', 'employer.kind': 'individual', contracts: '1', months_asked: '3',
    'person.full_name': 'Dilshod Rahimov', 'person.nationality': 'UZ', 'person.born': '1990-01-01', 'person.passport_number': 'FA5550001',
    'person.arrived': dayBefore(9), 'person.insured_medically': 'yes', previous_ended: 'none',
  });
  await act('submit');
  await officeActs(id, 'police-almaty', 'authority', [['examine', { data_false: false, tax_paid: true, medical_fit: true, fingerprinted: true }]]);
  await decide(id, 'police-almaty', 'en', 'grant');
  assert.equal(await stateOf(id, 'authority'), 'in_force');
});

test('kandas, in Kazakh: applied for, examined, granted', async () => {
  await signIn('bekzat', 'kk');
  const id = await apply('repatriate_status', {
    full_name: 'Bekzat Serik', nationality: 'CN', born: '1990-05-05', ethnic_kazakh: 'yes', once_citizen: 'no', has_iin: 'yes', stay_region: 'KZ-75',
    stay_address: 'Almaty, Abai 1', applied_abroad: 'no', asks_for_quota: 'no', data_consent: 'yes',
  });
  await act('submit');
  await officeActs(id, 'akimat-almaty', 'akimat', [['record_pilot', { pilot_passed: true }], ['examine', { documents_false: false, compromising: false }]]);
  await decide(id, 'akimat-almaty', 'kk', 'grant');
  assert.equal(await stateOf(id, 'akimat'), 'kandas');
});

test('resettlement, in Russian: applied for, passed on, included, signed', async () => {
  await signIn('marat', 'ru');
  const id = await apply('resettlement', {
    'head.full_name': 'Marat Omarov', 'head.born': '1988-03-03', 'head.kandas': 'no', people: '4', from_region: 'KZ-61', to_region: 'KZ-55',
    job_seeker: 'yes', registered_months: '60', graduated: 'none',
  });
  await act('submit');
  await officeActs(id, 'akimat-pavlodar', 'centre', [['forward', {}]]);
  await officeActs(id, 'akimat-pavlodar', 'akimat', [['include', {}]]);
  await officeActs(id, 'akimat-pavlodar', 'centre', [['sign', { vacancy: true, guarantee: true, employer_pays_move: false, home_provided: false }]]);
  assert.equal(await stateOf(id, 'centre'), 'contracted');
  await signIn('akimat-pavlodar', 'ru');
  await open('/app/households', 'ru');
  await goByLink(page, `/app/households/${id}`);
  await page.locator('.triple__part[data-ready=true]').nth(1).waitFor();
});

test('the police looks at a paper, in Kazakh: the purpose is asked, the verdict has the focus', async () => {
  await signIn('police-almaty', 'kk');
  await open('/app/check', 'kk');
  const { cases } = await office.ask('/api/v1/cases?procedure=household_permit&as=authority&state=in_force');
  const seen = await office.ask(`/api/v1/cases/${cases[0].id}?as=authority&purpose=test`);
  const { number } = seen.case.papers.at(-1);
  await toTop(page);
  await answer(page, await tabTo(page, (one) => one.id === 'paper'), number.toLowerCase());
  await page.keyboard.press('Enter');
  await page.locator('.purpose__error').waitFor();
  await tabTo(page, (one) => one.tag === 'INPUT');
  await page.keyboard.type('Көшедегі тексеру');
  await tabTo(page, (one) => one.tag === 'BUTTON' && one.type === 'submit');
  await page.keyboard.press('Enter');
  await page.locator('.big-verdict[data-verdict=valid]').waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains('big-verdict')));
  await isWell(page, 'verdict');
});

test('nothing was complained of, and nothing was asked of others', () => assert.deepEqual(complaints, []));
