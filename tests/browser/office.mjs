// People of the demonstration at the office's pages, for the tests beside this file.
import { startServer } from './server.mjs';

export const password = 'koshi-demo-2026';
export const day = '2026-03-20'; // on which the office's clock stands

/** The real server with the made-up office, in a folder that the caller removes. */
export const startOffice = (folder) => startServer(['--data', folder, '--demo', '--clock', day]);

export async function signIn(page, address, login, language = 'en') {
  await page.goto(`${address}/sign-in?lang=${language}`);
  await page.fill('#login', login);
  await page.fill('#password', password);
  await Promise.all([page.waitForURL(/\/desk/), page.press('#password', 'Enter')]);
}

/** Presses Tab until what has the focus is wanted; fails when the page has no more to offer. */
export async function tabTo(page, wanted) {
  for (let i = 0; i < 300; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      return { tag: e.tagName, type: e.type ?? '', name: e.name ?? '', value: e.value ?? '', href: e.getAttribute('href') ?? '', text: e.textContent.trim(), quiet: e.classList.contains('quiet'), inMain: !!e.closest('main'),
        procedure: e.closest('form')?.querySelector('[name=procedure]')?.value ?? '' };
    });
    if (at.inMain && wanted(at)) return at;
  }
  throw new Error(`the keyboard does not reach it on ${page.url()}`);
}

async function typeInto(page, at, value) {
  if (at.type === 'radio' || at.type === 'checkbox') {
    for (let i = 0; i < 20; i++) {
      const now = await page.evaluate(() => document.activeElement.value);
      if (now === value) return page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
    }
    throw new Error(`${at.name} offers no ${value}`);
  }
  if (at.tag === 'SELECT') {
    // Letters that no key has would be typed into another field, so the choice is reached by arrows.
    const at = await page.evaluate((wanted) => [...document.activeElement.options].findIndex((o) => o.value === wanted), value);
    if (at < 0) throw new Error(`a choice lacks ${value}`);
    await page.keyboard.press('Home');
    for (let i = 0; i < at; i++) await page.keyboard.press('ArrowDown');
    const chosen = await page.evaluate(() => document.activeElement.value);
    if (chosen !== value) throw new Error(`the arrows chose ${chosen}, not ${value}`);
    return undefined;
  }
  await page.keyboard.press('Control+a');
  return page.keyboard.type(value);
}

/** Fills in the fields by name, each reached by Tab from the one before, and sends the form by Enter on its button. */
export async function fillByKeyboard(page, values) {
  await page.evaluate(() => document.activeElement.blur());
  const left = new Map(Object.entries(values));
  while (left.size > 0) {
    const at = await tabTo(page, (one) => left.has(one.name));
    await typeInto(page, at, left.get(at.name));
    left.delete(at.name);
  }
  await pressButton(page);
}

export async function pressButton(page, text = '') {
  await tabTo(page, (one) => one.tag === 'BUTTON' && !one.quiet && one.name === '' && one.text.includes(text));
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

export async function followByKeyboard(page, end) {
  await page.evaluate(() => document.activeElement.blur());
  await tabTo(page, (one) => one.tag === 'A' && one.href.split('?')[0].endsWith(end));
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}
