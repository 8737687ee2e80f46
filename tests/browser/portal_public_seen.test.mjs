// The portal's open screens in every language, light and width; in a file of their own, as they take the longest.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { judge } from './judge.mjs';
import { watch } from './portal.mjs';
import { stage } from './server.mjs';

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

const here = stage();
let complaints;

before(async () => {
  await here.ready;
  complaints = watch(here.page);
});

for (const [name, path] of Object.entries(open)) {
  test(`${name}: accessible in three languages, by day and by night, wide and narrow`, async () => {
    await judge(here.page, here.address + path);
  });
}

test('nothing was asked of anybody else', () => {
  assert.deepEqual(complaints, []);
});
