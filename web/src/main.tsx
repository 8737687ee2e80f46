import { render } from 'preact';
import './style/style.css';
import { App } from './app';
import { loadSession } from './session/session';
import { preferredLanguage, setLanguage } from './words/words';

await Promise.all([setLanguage(preferredLanguage()), loadSession()]);
const root = document.getElementById('portal');
if (root !== null) render(<App />, root);
