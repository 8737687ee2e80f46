// Judges a page as everybody may meet it: in three languages, by day and by night, wide and narrow.
import assert from 'node:assert/strict';
import AxeBuilder from '@axe-core/playwright';
import { unanswered } from './server.mjs';

/** Language, light and width: each language on both widths, each width by day and by night. */
export const views = [
  ['kk', 'light', 320], ['kk', 'dark', 1280], ['ru', 'light', 1280], ['ru', 'dark', 320], ['en', 'light', 1280], ['en', 'dark', 320],
];
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Rules of WCAG 2.2 AA that a machine can hold a page to, or a part of it; none may be broken. */
export async function axeProblems(page, part) {
  const builder = new AxeBuilder({ page }).withTags(rules);
  const report = await (part ? builder.include(part) : builder).analyze();
  return report.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' | ')}`);
}

/** By how much the page is wider than the screen. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

export const inLanguage = (path, language) => `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;

/** Effects of what was shown last have run, and what they asked for is on its way. */
const drawn = (page) =>
  page.evaluate(() => new Promise((done) => {
    const turn = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    turn().then(turn).then(done);
  }));

/**
 * Nothing is being asked any more, and nothing says "one moment". The browser's own word for it, "networkidle", is true once and for all
 * after a document was loaded: of a screen that came later it says nothing.
 */
export async function settled(page) {
  const patience = Date.now() + 60_000;
  for (let calm = 0; calm < 2;) {
    await page.waitForFunction(() => document.querySelector('main h1') !== null && document.querySelector('[aria-busy=true]') === null);
    await drawn(page);
    const left = unanswered(page);
    calm = left.length === 0 ? calm + 1 : 0;
    if (Date.now() > patience) throw new Error(`never answered: ${left.map((request) => request.url()).join(' ')}`);
  }
}

/** Opens the address as one view has it, and waits until all is there. */
export async function show(page, url, [language, colorScheme, width] = ['en', 'light', 1280]) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const answer = await page.goto(inLanguage(url, language));
  await settled(page);
  return answer;
}

/** What is shown now breaks no rule, fits the screen, has one heading and the language that was asked for. */
export async function isWell(page, name) {
  await page.evaluate(() => scrollTo(0, 0)); // the frame stays while the page goes: what lies half below it is no small target
  assert.deepEqual(await axeProblems(page), [], name);
  assert.ok((await overflow(page)) <= 0, `${name}: too wide`);
  assert.equal(await page.locator('h1').count(), 1, name);
}

/** The page in every view. `more` may look closer at each, and is told the view. */
export async function judge(page, url, more = async () => {}) {
  for (const view of views) {
    await show(page, url, view);
    const name = `${new URL(url).pathname} ${view.join(' ')}`;
    await isWell(page, name);
    assert.equal(await page.locator('html').getAttribute('lang'), view[0], name);
    const text = await page.locator('main').innerText();
    assert.deepEqual(text.match(/\b(quota|law|journal|data|ledger|plan|home|public|case|desk|page|office)\.[a-z_]+\b/g), null, `${name}: a phrase is missing`);
    assert.equal(await page.locator('[role=alert]').count(), 0, `${name}: ${text.slice(0, 400)}`);
    await more(view);
  }
}
