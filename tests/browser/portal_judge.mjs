// Judges a screen of the portal as everybody may meet it: in three languages, by day and by night, wide and narrow.
import assert from 'node:assert/strict';
import AxeBuilder from '@axe-core/playwright';

const views = [
  ['kk', 'light', 320], ['kk', 'dark', 1280], ['ru', 'light', 1280], ['ru', 'dark', 320], ['en', 'light', 1280], ['en', 'dark', 320],
];

export async function show(page, address, path, [language, colorScheme, width] = ['en', 'light', 1280]) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}lang=${language}`, { waitUntil: 'networkidle' });
  await page.locator('h1').waitFor();
}

export async function judge(page, address, path) {
  for (const view of views) {
    await show(page, address, path, view);
    const report = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    const found = report.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(' | ')}`);
    assert.deepEqual(found, [], view.join(' '));
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= view[2], `${view.join(' ')}: too wide`);
    assert.equal(await page.locator('h1').count(), 1);
    assert.equal(await page.locator('html').getAttribute('lang'), view[0]);
    const text = await page.locator('main').innerText();
    assert.deepEqual(text.match(/\b(quota|law|journal|data|ledger|plan|home|public)\.[a-z_]+\b/g), null, 'a phrase is missing');
    assert.equal(await page.locator('[role=alert]').count(), 0, text.slice(0, 400));
  }
}
