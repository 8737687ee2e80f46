import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { language, t } from '../../words/words';
import { addressOf } from './address';
import './public.css';

export default function FindCase() {
  const { route } = useLocation();
  const [text, setText] = useState('');
  const go = () => {
    const address = addressOf(text, language.value);
    if (address?.startsWith('/app')) route(address);
    else if (address) location.assign(address);
  };
  return (
    <section class="section">
      <h2>{t('home.find_title')}</h2>
      <form class="find-case" role="search" onSubmit={(event) => { event.preventDefault(); go(); }}>
        <div>
          <label for="find-case">{t('home.find_label')}</label>
          <input id="find-case" class="ds-input" value={text} autocomplete="off" spellcheck={false} aria-describedby="find-case-text"
            onInput={(event) => setText(event.currentTarget.value)} />
        </div>
        <button type="submit" class="ds-button" data-variant="secondary">{t('home.find')}</button>
      </form>
      <p id="find-case-text" class="small quiet">{t('home.find_text')}</p>
    </section>
  );
}
