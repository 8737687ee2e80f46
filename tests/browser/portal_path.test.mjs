// From the vacancy to a permit that anybody can check: employer, officer, treasury, ministry and the public, each in the browser, in three
// languages. Nothing is reached but by what the pages offer; each page on the way says what comes next; at the end the code on the paper is
// read as a telephone would, and checked by somebody who is nobody here.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { isWell } from './judge.mjs';
import { settled, signIn, watch } from './portal.mjs';
import { codeOnPaper, textOfPaper } from './scan.mjs';
import { startOffice, stage } from './server.mjs';
import { walkOf } from './walk.mjs';

const here = stage(startOffice, { viewport: { width: 1280, height: 900 } });
let page;
let complaints;
let today;
let walk;

/** What comes next, in words enough to say something; `told`: what the newest of them must say. */
async function saysWhatComesNext(name, told) {
  const said = await page.locator('main .next:visible, main .then:visible').allInnerTexts();
  assert.ok(said.length > 0 && said.every((text) => text.trim().length > 15), `${name} does not say what comes next: ${said.join(' | ')}`);
  if (told) assert.match(said.join(' '), told, name);
}

before(async () => {
  await here.ready;
  page = here.page;
  complaints = watch(page);
  today = (await (await fetch(`${here.address}/api/v1/office`)).json()).today;
  walk = walkOf(page, here.address, (name) => saysWhatComesNext(name));
});

const dayBefore = (days) => new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

const worker = (lang) => ({
  'workers[0].person.full_name': 'Selin Kaya', 'workers[0].person.nationality': 'TR',
  'workers[0].person.passport_number': { en: 'U20000001', ru: 'U20000002', kk: 'U20000003' }[lang], 'workers[0].qualification': 'engineer',
});

const quotaUsed = async () => {
  const { accounts } = await (await fetch(`${here.address}/api/v1/quota?prefix=permits/${today.slice(0, 4)}/KZ-75/second`)).json();
  return accounts[0];
};

/** The paper that was issued last, as the person gets it: the file behind its link. */
async function paperOf() {
  const link = page.locator('.papers li').last().locator('a.papers__name');
  const answer = await page.request.get(new URL(await link.getAttribute('href'), here.address).href);
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  return answer.body();
}

/** Whoever meets the worker points a telephone at the paper, and is nobody here: by the door for checking a permit. */
async function checkByCode(pdf, lang) {
  const code = codeOnPaper(pdf);
  assert.match(code, /^http:.*\/verify\?code=KOSHI1\.[\w-]+\.[\w-]+$/, 'the paper bears a code that leads to its check');
  await page.context().clearCookies();
  await page.goto(`${here.address}/app/?lang=${lang}`);
  await settled(page);
  await page.locator('main a[href^="/verify"]').click();
  await page.locator('main form input:visible').fill(code);
  await page.locator('main form button').first().click();
  await page.locator('.verdict').waitFor();
  const said = await page.locator('main').innerText();
  assert.match(said, { en: /Valid/, ru: /Действител/, kk: /Жарамды/ }[lang]);
  const number = /[0-9A-Z]{10}\/\d+/.exec(said)?.[0];
  const verdict = await (await fetch(`${here.address}/api/v1/papers/${number}`)).json();
  assert.equal(verdict.valid, true);
  assert.ok(textOfPaper(pdf).includes(`${here.address}/verify`), 'the paper says where it is checked');
  await page.goto(code); // as a telephone does
  await page.locator('.verdict').waitFor();
  assert.ok((await page.locator('main').innerText()).includes(number), 'the code leads to the same paper');
  assert.ok(textOfPaper(pdf).includes(number), 'the same number stands on the paper');
}

/** The newest receipt of the case that stands here: a screen, with the way to the journal and the proof as a file. */
async function keptReceipt(lang) {
  await page.locator('.timeline a').first().click();
  await page.waitForURL('**/receipts/*');
  await page.locator('.receipt details').waitFor();
  await isWell(page, `a receipt in ${lang}`);
  const kept = await page.request.get(new URL(await page.locator('.receipt a[download]').getAttribute('href'), here.address).href);
  assert.match(await kept.text(), /^koshi receipt 1\n/);
  await page.locator('.receipt a[href^="/app/journal"]').click();
  await page.locator('#verify textarea').waitFor();
}

for (const lang of ['en', 'ru', 'kk']) {
  test(`a permit in force, in ${lang}`, async () => {
    const before = await quotaUsed();
    await walk.comeIn('steppe', lang);
    assert.equal(await page.locator('html').getAttribute('lang'), lang);

    await walk.start('market_test');
    await walk.fillForms({
      'employer.name': 'Steppe Build LLP', occupation: '2142', region: 'KZ-75', headcount: '1', post_requirements: 'A degree', wage_offered: '450000',
    });
    await saysWhatComesNext('the check before posting', { en: /up to you: “End the search/, ru: /дело за вами: «Завершить поиск/, kk: /кезек өзіңізде: «Іздеуді/ }[lang]);
    await walk.act('post');
    assert.equal(await page.locator('.receipt__holder').count(), 0, 'nobody else has the vacancy');
    await saysWhatComesNext('waiting, then filling in', { en: /from .* you can: “End.*Meanwhile fill in: “Who/, ru: /с .* можете: «Завершить.*тем временем заполните: «Кто/i,
      kk: /бастап .*: «Іздеуді.*Осы уақытта мынаны толтырыңыз: «Кім/ }[lang]);
    await saysWhatComesNext('the vacancy posted', { en: /application for a permit/, ru: /заявлении на разрешение/, kk: /рұқсат туралы өтінішке/ }[lang]);
    await saysWhatComesNext('what follows the search', { en: /After “End the search.*you can begin: “Permit/, ru: /После действия «Завершить поиск.*начать: «Разреш/i,
      kk: /«Іздеуді аяқтау.*кейін мынаны бастай аласыз: «/ }[lang]);
    assert.ok((await page.locator('.papers li').count()) >= 1, 'the publication is evidence');

    const id = await walk.start('work_permit');
    await walk.fillForms({
      category: 'second', sector: 'F', occupation: '2142', region: 'KZ-75', headcount: '1', term_months: '12', territories: '1',
      vacancy_posted: dayBefore(20), 'employer.name': 'Steppe Build LLP', 'employer.kind': 'company', 'employer.size': 'large',
      'employer.citizens_upper': '20', 'employer.foreigners_upper': '1', ...worker(lang),
    });
    await walk.attachAll();
    assert.match(await page.locator('.side').innerText(), /\d[\d\s ]*₸|теңге|тенге|tenge/i, 'the fee is told before anything is submitted');
    await saysWhatComesNext('the check before filing', { en: /Local executive body, Almaty.*Last day for that: .*after that: payment \(you, within 10 working days\), “Record the payment/,
      ru: /исполнительный орган, город Алматы.*Последний день для этого: .*после этого: уплата \(вы, в течение 10 рабочих дней\), «Записать уплату/,
      kk: /атқарушы орган, Алматы.*соңғы күн: .*кейін: төлем \(сіз, 10 жұмыс күні ішінде\), «/ }[lang]);
    await walk.act('submit');
    assert.match(await page.locator('.receipt__holder').innerText(), { en: /with: Local executive body/, ru: /у: Местный исполнительный орган/, kk: /мынада: Жергілікті атқарушы/ }[lang]);
    await page.locator('.receipt details summary').click();
    assert.match(await page.locator('.receipt pre').innerText(), /\w{20,}/);
    assert.equal((await quotaUsed()).held, before.held + 1);

    await walk.comeIn('akimat-almaty', lang);
    await walk.open(id);
    await walk.decide('examine', { documents_false: 'no', qualification_fits: 'yes' });
    await walk.open(id);
    const choices = await page.locator('.choice input').evaluateAll((all) => all.map((one) => one.value));
    assert.deepEqual([choices[0], choices.at(-1)], ['grant', 'examine'], 'what has been recorded is not the first thing to do');
    await walk.decide('grant');
    await walk.open(id);
    await saysWhatComesNext('the office after the grant', { en: /first Employer pays.*after that: “Issue the permit” \(you\)/, ru: /сначала платит Работодатель.*после этого: «Выдать разрешение» \(вы\)/,
      kk: /Жұмыс беруші.*кейін: «Рұқсатты беру» \(сіз\)/ }[lang]);

    await walk.comeIn('steppe', lang);
    await walk.open(id);
    await saysWhatComesNext('granted', { en: /Pay the fee within ten working days/, ru: /сбор/i, kk: /алым/i }[lang]);
    await saysWhatComesNext('how it is paid', { en: /purpose of the payment: KZ-75/, ru: /назначении платежа .*: KZ-75/, kk: /Төлем мақсатында .*: KZ-75/ }[lang]);
    const attached = await page.request.get(new URL(await page.locator('[data-part=attached] a').first().getAttribute('href'), here.address).href);
    assert.equal(attached.headers()['content-type'], 'application/pdf', 'one’s own documents are to be had');
    await keptReceipt(lang);

    await walk.comeIn('treasury', lang);
    await walk.open(id);
    const numbers = await page.locator('[data-part=to-pay]').innerText();
    assert.ok(numbers.includes(id) && /KZ-75\/WP\/\d+\/\d+/.test(numbers) && numbers.includes('Steppe Build'), numbers);
    await saysWhatComesNext('to be paid', { en: /your turn: “Record the payment/, ru: /ваша очередь: «Записать уплату/, kk: /кезек сізде: «Алымның/ }[lang]);
    await walk.act('pay', { payment_reference: 'PO-41' });

    await walk.comeIn('akimat-almaty', lang);
    await walk.open(id);
    await walk.decide('issue');

    await signIn(page, here.address, 'ministry', lang);
    await page.goto(`${here.address}/app/quota?year=${today.slice(0, 4)}`);
    await settled(page);
    assert.equal((await quotaUsed()).committed, before.committed + 1);

    await walk.comeIn('steppe', lang);
    await walk.open(id);
    await saysWhatComesNext('issued', { en: /permit has been issued/, ru: /выдано/, kk: /берілді/ }[lang]);
    await saysWhatComesNext('in force', { en: /nothing has to be done for that/, ru: /ничего делать не надо/, kk: /ол үшін ештеңе істеудің керегі жоқ/ }[lang]);
    const permit = await paperOf();
    assert.match(textOfPaper(permit), /Selin Kaya, .*, U2000000\d, engineer/, 'a worker stands on one line');
    await checkByCode(permit, lang);
    assert.deepEqual(complaints, []);
  });
}
