// People of the demonstration at the office's pages, for the tests beside this file.
import { password } from './portal.mjs';
import { startOffice as startOn } from './server.mjs';

export const day = '2026-03-20'; // on which the office's clock stands

/** The made-up office on that day. */
export const startOffice = () => startOn(['--clock', day]);

export async function signIn(page, address, login, language = 'en') {
  await page.goto(`${address}/sign-in?lang=${language}`);
  await page.fill('#login', login);
  await page.fill('#password', password);
  await Promise.all([page.waitForURL(/\/desk/), page.press('#password', 'Enter')]);
}
