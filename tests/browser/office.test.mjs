// The office's pages as the people of the demonstration meet them: accessible in three languages, by day and by night, wide and narrow,
// without scripts; and a work permit that is applied for and granted with the keyboard alone.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { axeProblems, inLanguage, views } from './judge.mjs';
import { fillByKeyboard, followByKeyboard, pressButton, tabTo, toTop } from './keyboard.mjs';
import { signIn, startOffice } from './office.mjs';
import { paper } from './portal.mjs';
import { stage } from './server.mjs';

const open = ['/sign-in', '/quota', '/verify', '/procedures', '/procedures/work_permit', '/journal'];
const visitors = ['steppe', 'akimat-almaty', 'police-almaty', 'ministry'];

const server = stage(startOffice); // axe runs in the page, so this browser has scripts; the pages have none
let page;

before(async () => {
  await server.ready;
  page = server.page;
});

const withLanguage = (path, language) => server.address + inLanguage(path, language);

async function isWell(path) {
  for (const [language, colorScheme, width] of views) {
    const look = `${path} ${language} ${width} ${colorScheme}`;
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const answer = await page.goto(withLanguage(path, language));
    assert.equal(answer.status(), 200, look);
    assert.deepEqual(await axeProblems(page), [], look);
    const seen = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth, scripts: document.scripts.length, headings: document.querySelectorAll('h1').length,
      language: document.documentElement.lang, text: document.body.innerText,
    }));
    assert.ok(seen.wide <= width, `${look}: ${seen.wide} wide`);
    assert.equal(seen.scripts, 0, look);
    assert.equal(seen.headings, 1, look);
    assert.equal(seen.language, language, look);
    assert.doesNotMatch(seen.text, /\b(page|office|desk|case)\.[a-z_]+\.[a-z_]+/, `${look}: a phrase is missing`);
  }
}

/** Paths below the case that its page leads to: forms, documents, one action, other cases. */
async function below(casePath) {
  await page.goto(withLanguage(casePath, 'en'));
  const links = await page.evaluate(() => [...document.querySelectorAll('main a')].map((a) => new URL(a.href).pathname));
  const inCase = [...new Set(links.filter((path) => path.startsWith(`${casePath}/`) && !path.includes('/papers/')))];
  const kinds = ['/forms/workers', '/forms/', '/documents', '/actions/', '/related'];
  return kinds.map((kind) => inCase.find((path) => path.includes(kind))).filter(Boolean);
}

test('pages for everybody', async () => {
  for (const path of open) await isWell(path);
});

for (const login of visitors) {
  test(`pages of ${login}`, async () => {
    await page.context().clearCookies();
    await signIn(page, server.address, login);
    const cases = await page.evaluate(() => [...document.querySelectorAll('main a')].map((a) => new URL(a.href).pathname).filter((path) => /^\/cases\/[0-9A-Z]+$/.test(path)));
    await isWell('/desk');
    if (login === 'ministry' && cases.length === 0) return; // its cases of the year are closed by this day
    assert.ok(cases.length > 0, 'nobody else here is without an open case');
    await isWell(cases[0]);
    for (const path of await below(cases[0])) await isWell(path);
  });
}

test('a list from a file: the page, and what it says of wrong cells', async () => {
  await page.context().clearCookies();
  await signIn(page, server.address, 'steppe');
  const at = await newCase();
  await isWell(`${at}/lists/workers`);
  await page.fill('#rows', 'person.full_name\tperson.nationality\nX\tAtlantis\n');
  await Promise.all([page.waitForNavigation(), page.click('main form button[type=submit]')]);
  assert.deepEqual(await axeProblems(page), []);
  assert.match(await page.innerText('#cells'), /B2/);
});

/** A new case of the work permit, begun by keyboard: its path. */
async function newCase() {
  await page.goto(`${server.address}/desk?lang=en`);
  await toTop(page);
  await tabTo(page, (one) => one.tag === 'BUTTON' && one.procedure === 'work_permit');
  await Promise.all([page.waitForURL(/\/cases\/[0-9A-Z]+/), page.keyboard.press('Enter')]);
  return new URL(page.url()).pathname;
}

const date = (name, text) => ({ [`${name}-day`]: text.slice(8), [`${name}-month`]: text.slice(5, 7), [`${name}-year`]: text.slice(0, 4) });

test('a work permit is applied for and granted with the keyboard alone', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.context().clearCookies();
  await signIn(page, server.address, 'steppe');
  const at = await newCase();
  const fill = async (form, values) => {
    // What was saved leads to the next questions; only to the first does a link lead.
    if (new URL(page.url()).pathname === at) await followByKeyboard(page, `${at}/forms/${form}`);
    assert.equal(new URL(page.url()).pathname, `${at}/forms/${form}`, `the form ${form} comes next`);
    await fillByKeyboard(page, values);
    assert.notEqual(new URL(page.url()).pathname, `${at}/forms/${form}`, `the form ${form} is taken`);
  };
  await fill('post', { category: 'second', sector: 'F', occupation: '2142', region: 'KZ-75', headcount: '1', term_months: '12' });
  await fill('territory', { territories: '1' });
  await fill('search', date('vacancy_posted', '2026-02-27'));
  await fill('employer', { 'employer.name': 'Steppe Build LLP', 'employer.kind': 'company' });
  await fill('size', { 'employer.size': 'large' });
  await fill('upper_staff', { 'employer.citizens_upper': '20', 'employer.foreigners_upper': '1' });
  await fill('workers', {
    'workers[0].person.full_name': 'Mehmet Demir', 'workers[0].person.nationality': 'TR', 'workers[0].person.passport_number': 'U10999888',
    'workers[0].qualification': 'engineer',
  });
  assert.equal(new URL(page.url()).pathname, at, 'after the last form the case says what comes next');
  await page.goto(`${server.address}${at}/documents?lang=en`);
  const kinds = await page.evaluate(() => [...document.querySelectorAll('#kind option')].map((option) => option.value));
  for (const kind of kinds) {
    await page.goto(`${server.address}${at}/documents?lang=en&kind=${kind}`);
    await page.setInputFiles('#file', { name: 'paper.pdf', mimeType: 'application/pdf', buffer: paper }); // the dialogue is the system's, not the page's
    await pressButton(page);
  }
  await page.goto(`${server.address}${at}?lang=en`);
  await followByKeyboard(page, `${at}/actions/submit`);
  await pressButton(page);
  assert.equal(new URL(page.url()).pathname, at);
  await page.context().clearCookies();
  await signIn(page, server.address, 'akimat-almaty');
  await page.goto(`${server.address}${at}?lang=en`);
  await followByKeyboard(page, `${at}/actions/examine`);
  await fillByKeyboard(page, { documents_false: 'no', qualification_fits: 'yes' });
  await followByKeyboard(page, `${at}/actions/grant`);
  await pressButton(page);
  assert.match(await page.innerText('main'), /Granted, fee to be paid/);
});
