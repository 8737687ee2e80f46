// Ask the law, walked through as a person does: by links and forms, without scripts, in each language.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startBrowser, startServer } from './server.mjs';

const languages = {
  en: {
    name: 'English', ask: 'Ask the law', due: 'Last day to register the stay', breached: /missed the registration/,
    march6: '6 March 2016', march31: '31 March 2016', article: 'art. 6(4)', yes: 'yes', none: /^None/, restart: 'Ask another question',
    change: /Change Citizenship/, duty: /Who must register/i, host: /receiving/i, error: /does not exist/,
  },
  ru: {
    name: 'Русский', ask: 'Спросить закон', due: 'Последний день для регистрации пребывания', breached: /Пропустил ли человек срок регистрации/,
    march6: '6 марта 2016 г.', march31: '31 марта 2016 г.', article: 'ст. 6(4)', yes: 'да', none: /^Нет/, restart: 'Задать другой вопрос',
    change: /Изменить Гражданство/, duty: /Кто обязан зарегистрировать/, host: /принимающ/i, error: /Такого дня нет/,
  },
  kk: {
    name: 'Қазақша', ask: 'Заңнан сұрау', due: 'Болуды тіркеудің соңғы күні', breached: null,
    march6: '2016 жылғы 6 наурыз', march31: '2016 жылғы 31 наурыз', article: '6(4)-бап', yes: 'иә', none: /^Жоқ/, restart: 'Басқа сұрақ қою',
    change: /Өзгерту Азаматтығы/, duty: null, host: /қабылдаушы/i, error: /Күнтізбеде мұндай күн жоқ/,
  },
  uz: {
    name: 'Oʻzbekcha', ask: 'Qonundan soʻrash', due: 'Boʻlishni roʻyxatdan oʻtkazishning oxirgi kuni', breached: /muddatini oʻtkazib yubordimi/,
    march6: '2016-yil 6-mart', march31: '2016-yil 31-mart', article: '6(4)-modda', yes: 'ha', none: /^Yoʻq/, restart: 'Boshqa savol berish',
    change: /Oʻzgartirish Fuqaroligi/, duty: /Boʻlishni kim/, host: /qabul qiluvchi/i, error: /Taqvimda bunday kun yoʻq/,
  },
};

let server;
let browser;
let page;

before(async () => {
  server = await startServer();
  browser = await startBrowser({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  page = browser.page;
});
after(async () => {
  await browser?.stop();
  await server?.stop();
});

const submit = () => page.locator('main form button[type=submit]').first().click();

/** Day, month and year of the one date on the page. */
async function fillDate(day, month, year) {
  await page.locator('input[name$="-day"]').fill(String(day));
  await page.locator('input[name$="-month"]').fill(String(month));
  await page.locator('input[name$="-year"]').fill(String(year));
}

/** Answers whatever is asked, from a table of facts, until there is an answer. */
async function answerAll(facts) {
  for (let step = 0; step < 20; ++step) {
    if ((await page.locator('.answer').count()) > 0) return;
    const path = await page.locator('input[name=answer]').getAttribute('value');
    assert.ok(path in facts, `the page asks for ${path}`);
    const value = facts[path];
    if (value === undefined) {
      await page.locator('button[name=skip]').click();
    } else if (value === 'none') {
      await page.locator('button[value=none]').click();
    } else if ((await page.locator('input[name$="-day"]').count()) > 0) {
      const [year, month, day] = value.split('-');
      await fillDate(day, month, year);
      await submit();
    } else if ((await page.locator('main select').count()) > 0) {
      await page.locator('main select').selectOption(value);
      await submit();
    } else {
      await page.locator(`input[type=radio][value="${value}"]`).check();
      await submit();
    }
  }
  assert.fail('twenty questions, and no answer');
}

/** From the home page to the first step of a question, by links alone. */
async function open(language, norm) {
  await page.goto(server.address + '/');
  await page.getByRole('link', { name: language.name, exact: true }).click();
  await page.locator('main').getByRole('link', { name: language.ask, exact: true }).click();
  await page.locator(`main a[href*="norm=${norm}"]`).first().click();
}

async function begin(day, month, year) {
  await fillDate(day, month, year);
  await submit();
}

const uzbek = { nationality: 'UZ', arrived: '2016-03-01', registered: 'none', purpose: undefined, visa: 'no', receiving_person: 'yes' };

for (const [code, language] of Object.entries(languages)) {
  describe(`in ${language.name}`, () => {
    test('a citizen of Uzbekistan must register within five days', async () => {
      await open(language, 'person.registration_due');
      assert.equal(await page.locator('html').getAttribute('lang'), code);
      assert.equal(await page.locator('h1').innerText(), language.due);
      await begin(10, 3, 2016);
      await answerAll(uzbek);
      assert.equal((await page.locator('.answer .value').textContent()).trim(), language.march6);
      assert.match(await page.locator('.answer ul.by').innerText(), new RegExp(language.article.replace(/[().]/g, '\\$&')));
      assert.equal(await page.locator('.answer .sure.read').count(), 1);
    });

    test('the address holds everything: the same page comes again', async () => {
      const address = page.url();
      const shown = await page.locator('main').innerText();
      await page.goto('about:blank');
      await page.goto(address);
      assert.equal(await page.locator('main').innerText(), shown);
      assert.match(address, /nationality=UZ/);
      assert.match(address, /on=2016-03-10/);
    });

    test('a citizen of Russia has until the end of March', async () => {
      await page.getByRole('link', { name: language.change }).click();
      await page.locator('main select').selectOption('RU');
      await submit();
      await answerAll({ ...uzbek, nationality: 'RU' });
      assert.equal((await page.locator('.answer .value').textContent()).trim(), language.march31);
    });

    test('who has not registered in time has breached the duty', async () => {
      await open(language, 'person.registration_breached');
      await begin(10, 3, 2016);
      await answerAll(uzbek);
      assert.equal((await page.locator('.answer .value').textContent()).trim(), language.yes);
      assert.match(await page.locator('.tree').innerText(), new RegExp(language.article.replace(/[().]/g, '\\$&')));
      if (language.breached) assert.match(await page.locator('.answer .caption').innerText(), language.breached);
    });

    test('asked in 2021, the duty is the host’s', async () => {
      await open(language, 'person.registration_duty_of');
      await begin(10, 3, 2021);
      await answerAll({ ...uzbek, arrived: '2021-03-01' });
      assert.match(await page.locator('.answer .value').textContent(), language.host);
    });

    test('a day that does not exist is told, and what was typed stays', async () => {
      await open(language, 'person.registration_due');
      await begin(31, 2, 2016);
      assert.match(await page.locator('.summary').innerText(), language.error);
      assert.equal(await page.locator('input[name="on-day"]').inputValue(), '31');
      await page.locator('.summary a').click();
      assert.match(page.url(), /#on/);
      await begin(10, 3, 2016);
      assert.equal(await page.locator('.summary').count(), 0);
    });

    test('who does not know is told what is missing', async () => {
      await open(language, 'person.registration_due');
      await begin(10, 3, 2016);
      await answerAll({ nationality: undefined, arrived: undefined, purpose: undefined });
      assert.equal(await page.locator('.answer.unknown').count(), 1);
      assert.ok((await page.locator('#needs').count()) === 1);
      await page.getByRole('link', { name: language.restart, exact: true }).click();
      assert.match(page.url(), /\/ask/);
    });
  });
}

test('in Uzbek what is not translated is Russian, and says so', async () => {
  await page.goto(`${server.address}/ask?norm=person.registration_due&on=2016-03-10&nationality=UZ&arrived=2016-03-01&lang=uz`);
  const foreign = await page.locator('main [lang]').evaluateAll((found) => found.map((one) => [one.lang, one.textContent]));
  assert.ok(foreign.length > 0, 'an act is called by its official title');
  for (const [lang, text] of foreign) {
    assert.equal(lang, 'ru');
    assert.match(text, /[а-яё]/i);
  }
  const own = await page.locator('main').evaluate((main) => {
    for (const one of main.querySelectorAll('[lang]')) one.remove();
    return main.innerText;
  });
  assert.doesNotMatch(own, /[а-яё]{4}/i);
  assert.doesNotMatch(own, /[\uE000\uE001]/);
});

test('the proof leads to the rules, and an example of the law back to an answer', async () => {
  await page.goto(`${server.address}/ask?norm=person.registration_due&on=2016-03-10&nationality=UZ&arrived=2016-03-01`);
  await page.locator('.tree a[href*="/law/norms/"]').first().click();
  assert.match(page.url(), /\/law\/norms\/person\.registration_due/);
  assert.ok((await page.locator('svg.timeline rect').count()) > 3);
  await page.locator('ul.rows a[href*="arrived=2016-03-01"]').first().click();
  assert.equal((await page.locator('.answer .value').textContent()).trim(), '6 March 2016');
});

test('under a draft the answer says so', async () => {
  await page.goto(`${server.address}/ask?norm=person.socially_insured`);
  await page.locator('summary').click();
  await page.locator('input[value=compulsory_insurance]').check();
  await begin(1, 5, 2024);
  assert.match(page.url(), /reform=compulsory_insurance/);
  assert.match(await page.locator('.so-far').innerText(), /as if this draft were law/);
});
