// From the vacancy to a permit that anybody can check: employer, officer, treasury, ministry and the public, each in the browser, in three
// languages. Nothing is reached but by what the pages offer.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { paper, settled, signIn, watch } from './portal.mjs';
import { startOffice, stage } from './server.mjs';

const here = stage(startOffice, { viewport: { width: 1280, height: 900 } });
let page;
let complaints;
let today;

before(async () => {
  await here.ready;
  page = here.page;
  complaints = watch(page);
  today = (await (await fetch(`${here.address}/api/v1/office`)).json()).today;
});

const dayBefore = (days) => new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
const at = (path) => page.locator(`[id="${path}"]`);

/** Fills in one fact, whatever its input is. */
async function fill(path, value) {
  const radio = page.locator(`input[type=radio][name="${path}"][value="${value}"]`);
  if ((await radio.count()) > 0) return radio.check();
  const input = at(path);
  if ((await input.evaluate((node) => node.tagName)) === 'SELECT') return input.selectOption(value);
  return input.fill(value);
}

async function next() {
  const before = page.url();
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForFunction((url) => location.href !== url && document.querySelector('main h1') !== null, before);
  await settled(page);
}

/** An act by its button on the page, and the one of its own page that does it; to the receipt. */
async function act(name) {
  await page.locator(`main a[href$="/actions/${name}"]`).first().click();
  await page.waitForURL(`**/actions/${name}`);
  await page.locator(`main form button[type=submit]`).first().waitFor();
  await settled(page);
  await send();
}
async function send() {
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL('**/done/*').catch(async () => assert.fail(`not done: ${await page.locator('main').innerText()}`));
  await page.locator('.receipt').waitFor();
  await settled(page);
}
/** An officer chooses on the case's own page. */
async function decide(name, facts = {}) {
  await page.locator(`.choice input[value="${name}"]`).check();
  await settled(page);
  for (const [path, value] of Object.entries(facts)) await fill(path, value);
  await send();
}

const caseOf = () => /\/app\/cases\/([^/]+)/.exec(page.url())[1];

async function start(procedure) {
  await page.goto(`${here.address}/app/desk`);
  await settled(page);
  await page.locator(`a[href="/app/start/${procedure}"]`).click();
  await page.locator('main button.ds-button').click();
  await page.waitForURL('**/app/cases/*');
  await settled(page);
}

/** Through the tasks, one form after another, as the portal leads: each is filled in with what is known of it. */
async function fillForms(answers) {
  await page.locator('.tasks a').first().click();
  for (let step = 0; step < 12; ++step) {
    await page.waitForURL(/\/(forms\/\w+|documents|check)$/);
    await settled(page);
    const form = /\/forms\/(\w+)$/.exec(page.url())?.[1];
    if (!form) return;
    await page.locator(`form[data-form="${form}"]`).waitFor();
    for (const [path, value] of Object.entries(answers)) if ((await at(path).count()) > 0) await fill(path, value);
    await next();
  }
  assert.fail('the forms do not end');
}

async function attachAll() {
  for (const row of await page.locator('.document').all()) {
    await row.locator('input[type=file]').setInputFiles({
      name: 'paper.pdf', mimeType: 'application/pdf', buffer: paper,
    });
    await row.locator('.document__file').waitFor();
  }
  await settled(page);
}

const worker = (lang) => ({
  'workers[0].person.full_name': 'Selin Kaya', 'workers[0].person.nationality': 'TR',
  'workers[0].person.passport_number': { en: 'U20000001', ru: 'U20000002', kk: 'U20000003' }[lang], 'workers[0].qualification': 'engineer',
});

/** As whoever has just started the program: by the first door, as one of the people that the sign-in offers. */
async function comeInByTheDoor(lang) {
  await page.context().clearCookies();
  await page.goto(`${here.address}/app/?lang=${lang}`);
  await settled(page);
  await page.locator('main a[href="/app/desk"]').first().click();
  await page.locator('.demo__people button', { hasText: 'Steppe Build' }).click();
  await page.locator('.starts').first().waitFor();
  await settled(page);
}

/** The case says whose turn it is, and what the last act told the reader, in words that name somebody. */
async function saysWhatComesNext(told) {
  await page.locator('.next').waitFor();
  const said = await page.locator('.next').innerText();
  assert.ok(said.length > 40, `it says too little: ${said}`);
  if (told) assert.match(said, told);
}

const quotaUsed = async () => {
  const { accounts } = await (await fetch(`${here.address}/api/v1/quota?prefix=permits/${today.slice(0, 4)}/KZ-75/second`)).json();
  return accounts[0];
};

for (const lang of ['en', 'ru', 'kk']) {
  test(`a permit in force, in ${lang}`, async () => {
    const before = await quotaUsed();
    await comeInByTheDoor(lang);
    assert.equal(await page.locator('html').getAttribute('lang'), lang);

    await start('market_test');
    await fillForms({
      'employer.name': 'Steppe Build LLP', occupation: '2142', region: 'KZ-75', headcount: '1', post_requirements: 'A degree', wage_offered: '450000',
    });
    await act('post');
    assert.ok((await page.locator('.papers li').count()) >= 1, 'the publication is evidence');

    await start('work_permit');
    const id = caseOf();
    await fillForms({
      category: 'second', sector: 'F', occupation: '2142', region: 'KZ-75', headcount: '1', term_months: '12', territories: '1',
      vacancy_posted: dayBefore(20), 'employer.name': 'Steppe Build LLP', 'employer.kind': 'company', 'employer.size': 'large',
      'employer.citizens_upper': '20', 'employer.foreigners_upper': '1', ...worker(lang),
    });
    await attachAll();
    await page.locator('main .buttons a').first().click();
    await page.waitForURL('**/check');
    await settled(page);
    assert.match(await page.locator('.side').innerText(), /\d[\d\s ]*₸|теңге|тенге|tenge/i, 'the fee is told before anything is submitted');
    await act('submit');
    assert.match(await page.locator('main').innerText(), /\d+/);
    assert.ok((await page.locator('.next').innerText()).length > 20, 'the receipt says what comes next');
    await page.locator('.receipt details summary').click();
    assert.match(await page.locator('.receipt pre').innerText(), /\w{20,}/);
    assert.equal((await quotaUsed()).held, before.held + 1);

    await signIn(page, here.address, 'akimat-almaty', lang);
    await page.locator(`.queue a[href="/app/cases/${id}"]`).click();
    await page.waitForURL(`**/cases/${id}`);
    await settled(page);
    await decide('examine', { documents_false: 'no', qualification_fits: 'yes' });
    await page.goto(`${here.address}/app/cases/${id}`);
    await settled(page);
    await decide('grant');

    await signIn(page, here.address, 'steppe', lang);
    await page.goto(`${here.address}/app/cases/${id}`);
    await settled(page);
    await saysWhatComesNext({ en: /Pay the fee within ten working days/, ru: /сбор/i, kk: /алым/i }[lang]);

    await signIn(page, here.address, 'treasury', lang);
    await page.goto(`${here.address}/app/cases/${id}`);
    await settled(page);
    await act('pay');

    await signIn(page, here.address, 'akimat-almaty', lang);
    await page.goto(`${here.address}/app/cases/${id}`);
    await settled(page);
    await decide('issue');

    await signIn(page, here.address, 'ministry', lang);
    await page.goto(`${here.address}/app/quota?year=${today.slice(0, 4)}`);
    await settled(page);
    assert.equal((await quotaUsed()).committed, before.committed + 1);

    await signIn(page, here.address, 'steppe', lang);
    await page.goto(`${here.address}/app/cases/${id}`);
    await settled(page);
    await saysWhatComesNext({ en: /permit has been issued/, ru: /выдано/, kk: /берілді/ }[lang]);
    const permit = await page.locator('.papers li').last().locator('a[href^="/verify/"]').getAttribute('href');
    await page.context().clearCookies();
    await page.goto(here.address + permit);
    const verdict = await (await fetch(`${here.address}/api/v1/papers/${permit.replace('/verify/', '').split('?')[0]}`)).json();
    assert.equal(verdict.valid, true);
    assert.ok((await page.locator('main').innerText()).includes(verdict.number), 'the page without scripts says of which paper it speaks');
    assert.deepEqual(complaints, []);
  });
}
