// What holds of every screen, errors too: one heading and a title of the window; at 400 % no scrolling in two directions, nothing that the
// keyboard reaches lies under something else, and what has the focus is seen.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { axeProblems, inLanguage, overflow, settled } from './judge.mjs';
import { beginSession, interfaceOf } from './portal.mjs';
import { scenes } from './scenes.mjs';
import { stage } from './server.mjs';

/** A desk 1280 wide and 1024 high, at 400 %. */
const enlarged = { width: 320, height: 256 };
/** More than these of one screen are not walked: a list goes on alike. */
const tabsMax = 60;
const languages = ['kk', 'ru', 'en'];

const here = stage();
let page;

before(async () => {
  await here.ready;
  page = here.page;
});

async function enter(login) {
  if (login) await beginSession(page, here.address, login);
  else await page.context().clearCookies();
}

const addressOf = (scene) => (typeof scene.path === 'string' ? scene.path : scene.path(interfaceOf(page, here.address).ask));

async function open(path, language) {
  await page.goto(here.address + inLanguage(path, language));
  if (path.startsWith('/app')) await settled(page);
}

/** One heading that says something, and a title of the window that says the same. */
async function isHeaded(name) {
  const headings = await page.locator('h1').allInnerTexts();
  assert.equal(headings.length, 1, `${name}: ${headings.join(' | ')}`);
  assert.ok(headings[0].trim().length > 1, `${name}: an empty heading`);
  const title = await page.title();
  assert.ok(title.trim().length > 'Köshi'.length, `${name}: the title is ${title}`);
  if (new URL(page.url()).pathname.startsWith('/app')) assert.ok(title.includes(headings[0].trim()), `${name}: ${title} is not of ${headings[0]}`);
}

/** What has the focus: whether it is drawn differently, and which of its middle and its corners can be seen on the screen. */
const focused = () => page.evaluate(() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  // A picture's or a file's input may be drawn by what stands around it.
  const drawn = [e, e.parentElement, e.closest('label'), e.nextElementSibling].filter(Boolean);
  const isMarked = (one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  // Of what is larger than the screen, the part on it.
  const onScreen = (box) => {
    const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
    return { left, top, width: Math.min(box.right, innerWidth) - left, height: Math.min(box.bottom, innerHeight) - top };
  };
  const boxes = [...e.getClientRects(), ...(e.closest('label')?.getClientRects() ?? [])].map(onScreen).filter((box) => box.width > 1 && box.height > 1);
  const at = (box, x, y) => document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
  const belongs = (found) => found !== null && (e.contains(found) || found.contains(e) || (e.closest('label')?.contains(found) ?? false));
  const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8], [0.1, 0.8], [0.9, 0.2]];
  const isSeen = boxes.some((box) => points.some(([x, y]) => belongs(at(box, x, y))));
  return { what: e.outerHTML.slice(0, 160), isMarked: drawn.some(isMarked), isSeen };
});

async function isWalkable(name) {
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  for (let i = 0; i < tabsMax; ++i) {
    await page.keyboard.press('Tab');
    const at = await focused();
    if (at === null) return i;
    assert.ok(at.isSeen, `${name}: covered, or out of the screen: ${at.what}`);
    assert.ok(at.isMarked, `${name}: the focus is not seen: ${at.what}`);
  }
  return tabsMax;
}

/** How much of the screen what stays in place takes away from reading. */
const stuck = () => page.evaluate(() => [...document.querySelectorAll('body *')]
  .filter((one) => ['fixed', 'sticky'].includes(getComputedStyle(one).position) && one.closest('dialog:not([open])') === null)
  .map((one) => one.getBoundingClientRect()).filter((box) => box.bottom > 0 && box.top < innerHeight && box.width > innerWidth / 2)
  .reduce((sum, box) => sum + Math.min(box.height, innerHeight), 0));

for (const [at, scene] of scenes.entries()) {
  // Each screen in one language, all languages in turn; the desks, which say the most, in every one.
  for (const language of /desk$|^queue$/.test(scene.name) ? languages : [languages[at % languages.length]]) {
    test(`${scene.name} in ${language}: headed, and whole at 400 %`, async () => {
      await enter(scene.login);
      await page.setViewportSize(enlarged);
      await open(await addressOf(scene), language);
      await scene.then?.(page);
      await isHeaded(scene.name);
      assert.ok((await overflow(page)) <= 0, `${scene.name}: ${await overflow(page)} too wide`);
      assert.ok((await stuck()) <= enlarged.height / 3, `${scene.name}: ${await stuck()} of ${enlarged.height} stay in place`);
      assert.ok((await isWalkable(scene.name)) > 0, `${scene.name}: nothing to reach`);
    });
  }
}

/** Where something goes wrong: who is there, and where. */
const errors = {
  'no such screen': { path: '/app/nowhere' },
  'no such norm': { path: '/app/law/norm?name=no.such' },
  'no such reform': { path: '/app/law/reforms/nothing' },
  'no such case': { login: 'steppe', path: '/app/cases/0000000000' },
  'a form of no case': { login: 'steppe', path: '/app/cases/0000000000/forms/post' },
  'an act of no case': { login: 'steppe', path: '/app/cases/0000000000/actions/submit' },
  'a receipt of no case': { login: 'steppe', path: '/app/cases/0000000000/done/1' },
  'the check of no case': { login: 'steppe', path: '/app/cases/0000000000/check' },
  'documents of no case': { login: 'steppe', path: '/app/cases/0000000000/documents' },
  'no such procedure': { login: 'steppe', path: '/app/start/nothing' },
  'no such newcomer': { login: 'akimat-almaty', path: '/app/newcomers/0000000000' },
  'no such household': { login: 'akimat-pavlodar', path: '/app/households/0000000000' },
  'an account that others look into': { login: 'steppe', path: '/app/ledger?account=permits/2026/KZ-75/second' },
  'an account that nobody has': { login: 'ministry', path: '/app/ledger?account=nothing' },
  'no such page': { path: '/nothing' },
  'a case without scripts': { login: 'steppe', path: '/cases/0000000000' },
  'no such paper': { path: '/verify/0000000000/1' },
};

for (const [name, { login, path }] of Object.entries(errors)) {
  test(`${name}: the error has one heading, a title, and breaks no rule`, async () => {
    await enter(login);
    await page.setViewportSize({ width: 320, height: 900 });
    for (const language of languages) {
      await open(path, language);
      await isHeaded(`${name} in ${language}`);
      assert.deepEqual(await axeProblems(page), [], `${name} in ${language}`);
      assert.ok((await overflow(page)) <= 0, name);
    }
  });
}

test('a server that fails is told on a screen with a heading, and may be asked again', async () => {
  await enter('steppe');
  await page.route('**/api/v1/procedures', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503}' }));
  await open('/app/desk', 'ru');
  await isHeaded('a desk without its server');
  assert.equal(await page.locator('[role=alert]').count(), 1);
  await page.unroute('**/api/v1/procedures');
  await page.locator('[role=alert] button').click();
  await page.locator('.cards').first().waitFor();
  await isHeaded('the desk');
});
