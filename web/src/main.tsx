import { render } from 'preact';
import './style/style.css';
import { App } from './app';
import { screenAt } from './screens';
import { loadSession } from './session/session';
import { preferredLanguage, setLanguage } from './words/words';

// What the address will show is fetched beside the rest, not after it: on a slow line each round trip is felt. Should it fail, it is asked again.
const asked = preferredLanguage();
const first = screenAt(location.pathname);
await Promise.all([setLanguage(asked), loadSession().then(() => first?.ahead?.(asked)), first?.load().catch(() => undefined)]);
const root = document.getElementById('portal');
if (root !== null) render(<App />, root);
