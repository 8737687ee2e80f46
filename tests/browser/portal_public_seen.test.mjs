// The portal's open screens in every language, light and width; in a file of their own, as they take the longest.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { judge } from './portal_judge.mjs';
import { startOffice } from './portal_office.mjs';
import { startBrowser } from './server.mjs';

const open = {
  start: '/app/',
  quota: '/app/quota',
  'quota of a region': '/app/quota?region=KZ-75',
  'quota of the year before': '/app/quota?year=2025',
  'quota of households': '/app/quota?kind=household_places',
  law: '/app/law',
  norm: '/app/law/norm?name=person.registration_due&on=2016-03-10',
  'norm with exceptions': '/app/law/norm?name=job.permit_required',
  draft: '/app/law/reforms/compulsory_insurance',
  journal: '/app/journal',
};

let office;
let browser;
let page;
const outside = [];

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
  page = browser.page;
  page.on('request', (request) => {
    if (!request.url().startsWith(office.address) && !/^(data|blob|about):/.test(request.url())) outside.push(request.url());
  });
});
after(async () => {
  await browser?.stop();
  await office?.stop();
});

for (const [name, path] of Object.entries(open)) {
  test(`${name}: accessible in three languages, by day and by night, wide and narrow`, async () => {
    await judge(page, office.address, path);
  });
}

test('nothing was asked of anybody else', () => {
  assert.deepEqual(outside, []);
});
