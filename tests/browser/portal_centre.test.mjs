// The centre and the employment centre in the portal: one person's story with consent, a household with what the law pays, and who stays.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { judge, show } from './judge.mjs';
import { beginSession, interfaceOf } from './portal.mjs';
import { stage } from './server.mjs';

const here = stage();
let page;
let ask;

before(async () => {
  await here.ready;
  page = here.page;
  ask = interfaceOf(page, here.address).ask;
});

const open = (path) => show(page, here.address + path);
/** The screen in every view; what it is about is there in each. */
const accessible = (path, ready) => judge(page, here.address + path, () => page.locator(ready).first().waitFor());

test('a newcomer: story, needs, plan, course and referral on one page', async () => {
  await beginSession(page, here.address, 'akimat-almaty');
  const { cases } = await ask('/api/v1/cases?procedure=one_window&state=better&as=centre&all=1');
  const id = cases[0].id;
  await accessible('/app/newcomers', '.card');
  await accessible(`/app/newcomers/${id}`, '.board');
  await open(`/app/newcomers/${id}`);
  await page.locator('.timeline .story-day').first().waitFor();
  const story = await ask(`/api/v1/cases/${id}/story?as=centre&purpose=test`);
  assert.equal(story.agreed, true);
  assert.ok(story.cases.length > 1, 'other cases of the same person are told');
  assert.ok(story.cases.every((one) => one.procedure !== 'complaint'), 'a sealed case is never among them');
  assert.match(await page.locator('.board').innerText(), /Work as a welder/);
  assert.match(await page.locator('.side').innerText(), /20/);
});

test('a household: family, vacancy and home; the law pays by member and by month', async () => {
  await beginSession(page, here.address, 'akimat-pavlodar');
  const { cases } = await ask('/api/v1/cases?procedure=resettlement&state=settled&as=centre&all=1');
  const { id } = cases.find((one) => one.title === 'Marat Omarov'); // whose rent is paid
  await accessible('/app/households', '.card');
  await accessible(`/app/households/${id}`, '.two-tables table');
  await open(`/app/households/${id}`);
  await page.locator('.two-tables table').first().waitFor();
  const seen = await ask(`/api/v1/cases/${id}?as=centre&purpose=test`);
  const people = Number(JSON.parse(seen.case.facts.find((one) => one.path === 'people').json));
  assert.equal(await page.locator('.two-tables table').first().locator('tbody tr').count(), people);
  assert.equal(await page.locator('.two-tables table').nth(1).locator('tbody tr').count(), 12);
  assert.equal(await page.locator('.triple__part').count(), 3);
  assert.equal(await page.locator('.stages li').count(), 2);
});
