// A person's way through the portal by what the pages offer: sign in, begin, fill in, attach, act, decide. Whoever walks may look at every
// page on the way (`look(name)`): a picture of it, or a question to it.
import assert from 'node:assert/strict';
import { paper, settled } from './portal.mjs';

/** More forms than any procedure has. */
const formsMax = 12;

export function walkOf(page, address, look = async () => {}) {
  const at = (path) => page.locator(`[id="${path}"]`);
  const caseOf = () => /\/app\/cases\/([^/]+)/.exec(page.url())[1];

  /** Fills in one fact, whatever its input is. */
  async function fill(path, value) {
    const radio = page.locator(`input[type=radio][name="${path}"][value="${value}"]`);
    if ((await radio.count()) > 0) return radio.check();
    const input = at(path);
    if ((await input.evaluate((node) => node.tagName)) === 'SELECT') return input.selectOption(value);
    return input.fill(value);
  }

  async function fillAll(answers) {
    for (const [path, value] of Object.entries(answers)) {
      const here = page.locator(`[id="${path}"], input[type=radio][name="${path}"]`);
      if ((await here.count()) > 0) await fill(path, value);
    }
  }

  async function next() {
    const before = page.url();
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForFunction((url) => location.href !== url && document.querySelector('main h1') !== null, before);
    await settled(page);
  }

  async function send(name) {
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForURL('**/done/*').catch(async () => assert.fail(`not done: ${await page.locator('main').innerText()}`));
    await page.locator('.receipt').waitFor();
    await settled(page);
    await look(`receipt of ${name}`);
  }

  /** As whoever has just started the program: by the first door, as one of the people that the sign-in offers. */
  async function comeIn(login, lang) {
    await page.context().clearCookies();
    await page.goto(`${address}/app/?lang=${lang}`);
    await settled(page);
    await look('home');
    await page.locator('main a[href="/app/desk"]').first().click();
    await page.locator('.demo__people button').first().waitFor();
    await settled(page);
    await look('sign-in');
    await page.locator(`.demo__people button[data-login="${login}"]`).click();
    await page.locator('main h1').waitFor();
    await page.waitForFunction(() => document.querySelector('.demo__people') === null);
    await settled(page);
    await look(`desk of ${login}`);
  }

  /** From the desk of whoever is there; an office's list shows a case that rests only when it is asked to. */
  async function open(id) {
    await page.goto(`${address}/app/desk`);
    await settled(page);
    const link = page.locator(`main a[href="/app/cases/${id}"]`).first();
    if ((await link.count()) === 0) await page.locator('main input[type=checkbox]').first().check();
    await link.click();
    await page.waitForURL(`**/cases/${id}`);
    await settled(page);
    await look('case');
  }

  async function start(procedure) {
    await page.goto(`${address}/app/desk`);
    await settled(page);
    await page.locator(`.starts a[href="/app/start/${procedure}"]`).click();
    await page.waitForURL(`**/app/start/${procedure}`);
    await settled(page);
    await look(`start of ${procedure}`);
    await page.locator('main button.ds-button').click();
    await page.waitForURL('**/app/cases/*');
    await settled(page);
    await look(`tasks of ${procedure}`);
    return caseOf();
  }

  /** Through the tasks, one form after another, as the portal leads: each is filled in with what is known of it. */
  async function fillForms(answers) {
    await page.locator('.tasks a').first().click();
    for (let step = 0; step < formsMax; ++step) {
      await page.waitForURL(/\/(forms\/\w+|documents|check)$/);
      await settled(page);
      const form = /\/forms\/(\w+)$/.exec(page.url())?.[1];
      if (!form) return look(page.url().endsWith('/check') ? 'check' : 'documents');
      await page.locator(`form[data-form="${form}"]`).waitFor();
      await fillAll(answers);
      await settled(page);
      await look(`form ${form}`);
      await next();
    }
    assert.fail('the forms do not end');
  }

  /** The documents that are wanted, and on to the check of the answers. */
  async function attachAll() {
    for (const row of await page.locator('.document').all()) {
      await row.locator('input[type=file]').setInputFiles({ name: 'paper.pdf', mimeType: 'application/pdf', buffer: paper });
      await row.locator('.document__file', { hasText: 'paper.pdf' }).waitFor();
    }
    await settled(page);
    await page.locator('main .buttons a').first().click();
    await page.waitForURL('**/check');
    await settled(page);
    await look('check');
  }

  /** An act by its button on the page, and the one of its own page that does it; to the receipt. */
  async function act(name, facts = {}) {
    await page.locator(`main a[href$="/actions/${name}"]`).first().click();
    await page.waitForURL(`**/actions/${name}`);
    await page.locator('main form button[type=submit]').first().waitFor();
    await settled(page);
    await fillAll(facts);
    await look(`act ${name}`);
    await send(name);
  }

  /** An officer chooses on the case's own page. */
  async function decide(name, facts = {}) {
    await page.locator(`.choice input[value="${name}"]`).check();
    await settled(page);
    await fillAll(facts);
    await look(`decision ${name}`);
    await send(name);
  }

  return { comeIn, open, start, fillForms, attachAll, act, decide, fillAll, caseOf };
}
