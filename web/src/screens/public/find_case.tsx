import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { session } from '../../session/session';
import { language, t } from '../../words/words';
import { addressOf, runningNumberOf } from './address';
import { findByNumber } from './find_by_number';
import './public.css';

/** What came of the search, where it leads nowhere. */
type Told = '' | 'looking' | 'no_number' | 'nothing' | 'sign_in' | 'failed';

function Answer({ told, text }: { told: Told; text: string }) {
  return (
    <p role="status" class={told === '' || told === 'looking' ? 'quiet' : 'find-case__told'}>
      {told === 'looking' && t('loading')}
      {told === 'no_number' && t('home.find_no_number')}
      {told === 'nothing' && t('home.find_nothing', { number: text.trim() })}
      {told === 'failed' && t('problem.network')}
      {told === 'sign_in' && <>{t('home.find_sign_in', { number: text.trim() })} <a href="/app/sign-in">{t('sign_in.title')}</a></>}
    </p>
  );
}

export default function FindCase() {
  const { route } = useLocation();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [told, setTold] = useState<Told>('');

  async function byNumber(number: string): Promise<Told> {
    if (!session.value) return 'sign_in';
    setTold('looking');
    const found = await findByNumber(session.value.roles.map((grant) => grant.role), number);
    if (!found.ok) return 'failed';
    if (found.data === null) return 'nothing';
    route(`/app/cases/${found.data}`);
    return '';
  }
  async function go() {
    setAsked(text);
    const address = addressOf(text, language.value);
    const number = runningNumberOf(text);
    if (address?.startsWith('/app')) route(address);
    else if (address) location.assign(address);
    else setTold(number === undefined ? 'no_number' : await byNumber(number));
  }
  return (
    <section class="section">
      <h2>{t('home.find_title')}</h2>
      <form class="find-case" role="search" onSubmit={(event) => { event.preventDefault(); void go(); }}>
        <div>
          <label for="find-case">{t('home.find_label')}</label>
          <input id="find-case" class="ds-input" value={text} autocomplete="off" spellcheck={false} aria-describedby="find-case-text"
            onInput={(event) => setText(event.currentTarget.value)} />
        </div>
        <button type="submit" class="ds-button" data-variant="secondary">{t('home.find')}</button>
      </form>
      <Answer told={told} text={asked} />
      <p id="find-case-text" class="small quiet">{t('home.find_text')}</p>
    </section>
  );
}
