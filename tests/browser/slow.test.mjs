// The first look at four pages on a slow line and a slow phone: what it costs is held to a measure, how long it took is told. A clock on a
// shared machine proves nothing, so what is asserted are bytes, requests and round trips; the time stands in the report.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled } from './judge.mjs';
import { beginSession, interfaceOf } from './portal.mjs';
import { stage } from './server.mjs';

/** "3G" as browsers' tools simulate it: 400 ms there and back, 1.6 Mbit/s down, 750 kbit/s up; a phone a quarter as fast. */
const line = { offline: false, latency: 400, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const slowerBy = 4;
const kilobyte = 1024;
const goal = 2500; // milliseconds until the largest part is drawn

/** Weighed as they go over the line, packed. A desk brings its program along; the migrant's pages none. */
const pages = [
  { name: 'My status', path: '/status?nationality=UZ&visa=no&residence=temporary&arrived=:arrived', bytes: 30 * kilobyte, requests: 4 },
  { name: 'Complaint', path: '/without-account/complaint', bytes: 20 * kilobyte, requests: 4 },
  { name: 'Sign-in', path: '/app/sign-in', bytes: 105 * kilobyte, requests: 12 },
  { name: 'Desk', path: '/app/desk', login: 'steppe', bytes: 170 * kilobyte, requests: 36 },
];

const here = stage();

/** The largest part that was drawn until now, as the browser reports it. */
const largestPaint = (page) => page.evaluate(() => new Promise((done) => {
  new PerformanceObserver((list) => done(Math.round(list.getEntries().at(-1).startTime))).observe({ type: 'largest-contentful-paint', buffered: true });
}));

async function look(page, address) {
  const devtools = await page.context().newCDPSession(page);
  const seen = { bytes: 0, requests: 0 };
  await devtools.send('Network.enable');
  devtools.on('Network.requestWillBeSent', () => { seen.requests += 1; });
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => { seen.bytes += encodedDataLength; });
  await devtools.send('Network.clearBrowserCache');
  await devtools.send('Network.emulateNetworkConditions', line);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowerBy });
  await page.goto(address);
  await settled(page);
  seen.paint = await largestPaint(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await devtools.detach();
  return seen;
}

for (const { name, path, login, bytes, requests } of pages) {
  test(`${name}: light enough for a slow line`, async (context) => {
    const { page, address } = here;
    await page.setViewportSize({ width: 360, height: 740 });
    if (login) await beginSession(page, address, login);
    else await page.context().clearCookies();
    const { today } = await interfaceOf(page, address).ask('/api/v1/office');
    const arrived = new Date(Date.parse(`${today}T00:00:00Z`) - 20 * 86_400_000).toISOString().slice(0, 10);
    await page.goto('about:blank');
    const seen = await look(page, address + path.replace(':arrived', arrived));
    const verdict = seen.paint <= goal ? 'within' : 'BEYOND';
    context.diagnostic(`${name}: ${(seen.bytes / kilobyte).toFixed(1)} KB in ${seen.requests} requests, largest part drawn after ${seen.paint} ms, ${verdict} ${goal} ms`);
    assert.ok(seen.bytes > 0 && seen.bytes <= bytes, `${seen.bytes} bytes, at most ${bytes}`);
    assert.ok(seen.requests <= requests, `${seen.requests} requests, at most ${requests}`);
    assert.ok(seen.paint > 0);
  });
}
