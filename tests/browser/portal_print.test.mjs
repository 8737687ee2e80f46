// What comes out of the printer: what is read, whole, on paper; nothing that is pressed. Held against the PDF that Chromium prints, read by
// poppler.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { settled } from './judge.mjs';
import { beginSession, interfaceOf } from './portal.mjs';
import { codeOnPaper, textOfPaper } from './scan.mjs';
import { stage } from './server.mjs';

const here = stage();
let page;
let ask;

before(async () => {
  await here.ready;
  page = here.page;
  ask = interfaceOf(page, here.address).ask;
});

const flat = (text) => text.replace(/\s+/g, '');

/** What of the page on the screen must not be on paper, and what would be cut there. */
const wrongOnPaper = () => page.evaluate(() => {
  const isDrawn = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== 'hidden';
  const describe = (why) => (one) => `${why}: ${one.outerHTML.slice(0, 120)}`;
  const pressed = [...document.querySelectorAll('nav, button, .ds-button, .button, main input[type=search], summary')].filter(isDrawn);
  const isCut = (one) => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 1;
  const cut = [...document.querySelectorAll('main *')].filter((one) => one.querySelector('table, dl, ol, ul, p') !== null && isCut(one));
  return [...pressed.filter((one) => one.tagName !== 'SUMMARY' || !one.closest('details').open).map(describe('pressed')), ...cut.map(describe('cut'))];
});

/** Prints the page, and gives its text without spaces: words are broken over lines as the paper wants. */
async function print(path) {
  await page.emulateMedia({ media: null });
  await page.goto(here.address + path);
  if (path.startsWith('/app')) await settled(page);
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await wrongOnPaper(), [], path);
  const pdf = await page.pdf({ format: 'A4' });
  return { pdf, text: flat(textOfPaper(pdf)) };
}

/** Each of these texts is on the paper. */
function has(text, wanted) {
  assert.ok(wanted.length > 0);
  assert.deepEqual(wanted.filter((one) => !text.includes(flat(one))), [], 'missing on paper');
}

async function permitInForce(login) {
  await beginSession(page, here.address, login);
  const { cases } = await ask('/api/v1/cases?procedure=work_permit&state=in_force');
  return (await ask(`/api/v1/cases/${cases[0].id}`)).case;
}

for (const lang of ['en', 'ru', 'kk']) {
  test(`a case, in ${lang}: for its party and for the office`, async () => {
    const { id, papers } = await permitInForce('caspian');
    for (const login of ['caspian', 'akimat-atyrau']) {
      await beginSession(page, here.address, login);
      const { text } = await print(`/app/cases/${id}?lang=${lang}`);
      const facts = await page.locator('.facts dt, .facts dd, .timeline b').allInnerTexts();
      has(text, [id, ...papers.map((one) => one.number), ...facts]);
    }
  });

  test(`the quota, in ${lang}: every account of the table`, async () => {
    await page.context().clearCookies();
    const { text } = await print(`/app/quota?lang=${lang}`);
    const rows = await page.locator('main table').last().locator('tbody tr').allInnerTexts();
    assert.ok(rows.length > 20);
    has(text, rows.map((row) => row.split('\t')[0]));
  });

  test(`my status, in ${lang}: until when, and what next`, async () => {
    await page.context().clearCookies();
    const { today } = await ask('/api/v1/office');
    const arrived = new Date(Date.parse(`${today}T00:00:00Z`) - 20 * 86_400_000).toISOString().slice(0, 10);
    const { text } = await print(`/status?nationality=UZ&visa=no&residence=temporary&arrived=${arrived}&on=${today}&lang=${lang}`);
    has(text, [await page.locator('main h1').innerText(), ...(await page.locator('main .next').first().innerText()).split('\n').filter((line) => line.length > 12).slice(0, 1)]);
  });

  test(`a permit, in ${lang}: its number, its worker and a code that can be read`, async () => {
    const { id, papers } = await permitInForce('caspian');
    const pdf = await (await page.request.get(`${here.address}/api/v1/cases/${id}/papers/${papers.length}?lang=${lang}`)).body();
    has(flat(textOfPaper(pdf)), [papers.at(-1).number, 'Marco Rossi', '/verify']);
    assert.match(codeOnPaper(pdf), /\/verify\?code=KOSHI1\./);
    const { text } = await print(`/verify/${papers.at(-1).number}?lang=${lang}`);
    has(text, [papers.at(-1).number]);
  });
}

test('the desk and the queue: every case', async () => {
  for (const login of ['steppe', 'akimat-almaty']) {
    await beginSession(page, here.address, login);
    const { text } = await print('/app/desk?lang=en');
    const links = await page.locator('.card > a, .queue th a').evaluateAll((all) => all.map((one) => one.getAttribute('href').split('/').at(-1)));
    has(text, links);
  }
});
