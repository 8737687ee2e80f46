// A page by the keyboard alone: Tab to what is wanted, letters, arrows and Space to answer, Enter to go on.
import { settled } from './judge.mjs';

/** More than any page of ours has to offer. */
const tabsMax = 300;

const focused = (page) => page.evaluate(() => {
  const e = document.activeElement;
  return {
    tag: e.tagName, type: e.type ?? '', id: e.id, name: e.name ?? '', value: e.value ?? '', href: e.getAttribute('href') ?? '', text: e.textContent.trim(),
    quiet: e.classList.contains('quiet'), inMain: !!e.closest('main'), procedure: e.closest('form')?.querySelector('[name=procedure]')?.value ?? '',
  };
});

/** Presses Tab until what has the focus is wanted; fails when the page has no more to offer. */
export async function tabTo(page, wanted) {
  for (let i = 0; i < tabsMax; ++i) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (at.inMain && wanted(at)) return at;
  }
  throw new Error(`the keyboard does not reach it on ${page.url()}: ${wanted}`);
}

/** The next Tab begins with the page again. */
export const toTop = (page) => page.evaluate(() => {
  document.activeElement.blur();
  getSelection()?.removeAllRanges();
});

async function chooseByArrows(page, at, value) {
  for (let i = 0; i < 20; ++i) {
    const now = await page.evaluate(() => document.activeElement.value);
    if (now === value) return page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${at.name} offers no ${value}`);
}

/** Letters that no key has would be typed into another field, so a choice is reached by arrows. */
async function selectByArrows(page, value) {
  const index = await page.evaluate((wanted) => [...document.activeElement.options].findIndex((one) => one.value === wanted), value);
  if (index < 0) throw new Error(`a choice lacks ${value}`);
  await page.keyboard.press('Home');
  for (let i = 0; i < index; ++i) await page.keyboard.press('ArrowDown');
  const chosen = await page.evaluate(() => document.activeElement.value);
  if (chosen !== value) throw new Error(`the arrows chose ${chosen}, not ${value}`);
}

/** "None" stands in a box of its own behind the field. */
async function sayNone(page) {
  await tabTo(page, (one) => one.type === 'checkbox');
  await page.keyboard.press('Space');
}

/** Answers what has the focus. The browser of these tests speaks English, so its own date is month, day, year. */
export async function answer(page, at, value) {
  if (at.type === 'radio' || at.type === 'checkbox') return chooseByArrows(page, at, value);
  if (at.tag === 'SELECT') return selectByArrows(page, value);
  if (value === 'none') return sayNone(page);
  if (at.type === 'date') return page.keyboard.type(value.slice(5, 7) + value.slice(8) + value.slice(0, 4));
  await page.keyboard.press('Control+a');
  return page.keyboard.type(value);
}

/** Fills in the fields by name, each reached by Tab from the one before, and sends the form by Enter on its button. */
export async function fillByKeyboard(page, values) {
  await toTop(page);
  const left = new Map(Object.entries(values));
  while (left.size > 0) {
    const at = await tabTo(page, (one) => left.has(one.name));
    await answer(page, at, left.get(at.name));
    left.delete(at.name);
  }
  await pressButton(page);
}

export async function pressButton(page, text = '') {
  await tabTo(page, (one) => one.tag === 'BUTTON' && !one.quiet && one.name === '' && one.text.includes(text));
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

export async function followByKeyboard(page, end) {
  await toTop(page);
  await tabTo(page, (one) => one.tag === 'A' && one.href.split('?')[0].endsWith(end));
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

// The portal draws its next screen itself: what is waited for is another address, and a screen that is all there.

/** Enter, and what comes of it: another address, or else what is wrong. */
async function enter(page) {
  const before = page.url();
  await page.keyboard.press('Enter');
  await page.waitForFunction((url) => location.href !== url || document.querySelector('main [role=alert], main .error-summary, main .refused') !== null, before);
  await settled(page);
  if (page.url() === before) throw new Error(`it does not go on: ${await page.locator('main').innerText()}`);
}

export async function goByLink(page, href) {
  await toTop(page);
  const isIt = (one) => one.tag === 'A' && (href instanceof RegExp ? href.test(one.href) : one.href === href);
  await openWhatHides(page, href);
  await tabTo(page, isIt);
  await enter(page);
}

/** What stands in closed details is reached by opening them first. */
async function openWhatHides(page, href) {
  const pattern = href instanceof RegExp ? href.source : `^${href}$`;
  const hidden = await page.evaluate((source) => {
    const link = [...document.querySelectorAll('main a')].find((one) => new RegExp(source).test(one.getAttribute('href') ?? ''));
    return link?.closest('details:not([open])')?.querySelector('summary').textContent.trim() ?? '';
  }, pattern);
  if (hidden === '') return;
  await tabTo(page, (one) => one.tag === 'SUMMARY' && one.text === hidden);
  await page.keyboard.press('Enter');
}

/** The names of the form's fields that are to be answered, in the order of the page. */
const fieldsOf = (page, names) => page.evaluate((wanted) => {
  const all = [...document.querySelectorAll('main form input, main form select, main form textarea')].filter((one) => !one.disabled);
  return [...new Set(all.map((one) => (one.type === 'radio' ? one.name : one.id)))].filter((name) => wanted.includes(name));
}, names);

/** Answers what the form on the screen asks, as far as it is among the answers, and goes on by its button. */
export async function fillScreen(page, answers) {
  const form = /\/forms\/(\w+)$/.exec(new URL(page.url()).pathname);
  if (form) await page.locator(`form[data-form="${form[1]}"]`).waitFor(); // the address is there before its form
  await toTop(page);
  for (const name of await fieldsOf(page, Object.keys(answers))) {
    const at = await tabTo(page, (one) => (one.type === 'radio' ? one.name : one.id) === name);
    await answer(page, at, answers[name]);
  }
  await tabTo(page, (one) => one.tag === 'BUTTON' && one.type === 'submit');
  await enter(page);
}
