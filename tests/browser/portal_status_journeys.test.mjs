// Three ways of people through the portal, each in a language of its own: from the list of procedures to the receipt. Fields are found by
// the facts that the server asks, so nothing here knows how a form looks.
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

const open = (path, language) => page.goto(`${office.address}${path}?lang=${language}`);
const api = async (path) => (await page.request.get(office.address + path)).json();

async function post(path, data) {
  const csrf = (await api('/api/v1/session')).csrf;
  const response = await page.request.post(office.address + path, { data, headers: { 'X-CSRF-Token': csrf } });
  assert.ok(response.ok(), `${path}: ${await response.text()}`);
  return response.json();
}

async function begin(language, login, procedure) {
  await signIn(page, office.address, login);
  await page.setViewportSize({ width: 360, height: 760 });
  await open(`/app/start/${procedure}`, language);
  await page.locator('main button.ds-button').first().click();
  await page.waitForURL(/\/app\/cases\/[0-9A-Z]+(\/|\?|$)/);
  return /cases\/([0-9A-Z]+)/.exec(page.url())[1];
}

/** What the office does in the meantime, by its own session. */
async function officeActs(id, login, as, acts) {
  await signIn(page, office.address, login);
  for (const [action, facts] of acts) {
    const seen = await api(`/api/v1/cases/${id}?as=${as}&purpose=test`);
    await post(`/api/v1/cases/${id}/actions/${action}?as=${as}`, { version: seen.case.version, facts });
  }
}

async function fill(id, facts) {
  const seen = await api(`/api/v1/cases/${id}`);
  await post(`/api/v1/cases/${id}/facts`, { version: seen.case.version, facts });
}

/** The act by the page: its fields, its button, the receipt. */
async function act(id, action, language) {
  await open(`/app/cases/${id}/actions/${action}`, language);
  await page.locator('form .buttons button[type=submit]').click();
  await page.waitForURL(/\/done\//);
  const report = await new AxeBuilder({ page }).withTags(tags).analyze();
  assert.deepEqual(report.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' | ')}`), []);
}

const stateOf = async (id, as) => (await api(`/api/v1/cases/${id}?as=${as}&purpose=test`)).case.state;

test('kandas, in Kazakh: applied for, examined and granted', async () => {
  const id = await begin('kk', 'bekzat', 'repatriate_status');
  await fill(id, { full_name: 'Bekzat Serik', nationality: 'CN', born: '1990-05-05', ethnic_kazakh: true, once_citizen: false, has_iin: true,
    stay_region: 'KZ-75', stay_address: 'Almaty, Abai 1', data_consent: true });
  await act(id, 'submit', 'kk');
  await officeActs(id, 'akimat-almaty', 'akimat', [['record_pilot', { pilot_passed: true }], ['examine', { documents_false: false, compromising: false }]]);
  await act(id, 'grant', 'kk');
  assert.equal(await stateOf(id, 'akimat'), 'kandas');
});

test('resettlement, in Russian: applied for, passed on, included, signed', async () => {
  const id = await begin('ru', 'marat', 'resettlement');
  await fill(id, { 'head.full_name': 'Marat Omarov', 'head.born': '1988-03-03', 'head.kandas': false, people: 4, from_region: 'KZ-61', to_region: 'KZ-55',
    job_seeker: true, registered_months: 60, graduated: null });
  await act(id, 'submit', 'ru');
  await officeActs(id, 'akimat-pavlodar', 'centre', [['forward', {}]]);
  await officeActs(id, 'akimat-pavlodar', 'akimat', [['include', {}]]);
  await officeActs(id, 'akimat-pavlodar', 'centre', [['sign', { vacancy: true, guarantee: true, employer_pays_move: false, home_provided: false }]]);
  assert.equal(await stateOf(id, 'centre'), 'contracted');
  await open(`/app/households/${id}`, 'ru');
  await page.locator('.triple__part[data-ready=true]').nth(1).waitFor();
});

test('household permit, in English: documents attached, examined by the police, issued', async () => {
  const id = await begin('en', 'dilshod', 'household_permit');
  await fill(id, { region: 'KZ-75', 'employer.name': 'Mrs Ospanova', 'employer.kind': 'individual', contracts: 1, months_asked: 3, previous_ended: null,
    fingerprinted_last_year: false, 'person.full_name': 'Dilshod Rahimov', 'person.nationality': 'UZ', 'person.born': '1990-01-01',
    'person.passport_number': 'FA5550001', 'person.arrived': '2026-09-05', 'person.insured_medically': true });
  const csrf = (await api('/api/v1/session')).csrf;
  for (const document of (await api(`/api/v1/cases/${id}`)).documents) {
    const { version } = (await api(`/api/v1/cases/${id}`)).case;
    const response = await page.request.post(`${office.address}/api/v1/cases/${id}/documents?kind=${document.kind}&name=${document.kind}.pdf&version=${version}`, {
      data: Buffer.from('%PDF-1.4\n%%EOF\n'), headers: { 'Content-Type': 'application/pdf', 'X-CSRF-Token': csrf } });
    assert.ok(response.ok(), await response.text());
  }
  await act(id, 'submit', 'en');
  await officeActs(id, 'police-almaty', 'authority', [['examine', { data_false: false, tax_paid: true, medical_fit: true, fingerprinted: true }]]);
  await act(id, 'grant', 'en');
  assert.equal(await stateOf(id, 'authority'), 'in_force');
});
