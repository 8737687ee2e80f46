import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { screens } from '../screens';
import type { Screen } from '../screens/screen';
import { askingAgain, session, signOut } from '../session/session';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { TrialDay } from './trial_day';
import { language, languages, setLanguage, t } from '../words/words';

function isFor(nav: NonNullable<Screen['nav']>): boolean {
  if (nav.roles === 'everybody') return true;
  if (!session.value) return false;
  const roles = nav.roles;
  return roles === 'signed-in' || session.value.roles.some((grant) => roles.includes(grant.role));
}

function Navigation() {
  const { path } = useLocation();
  const links = screens.flatMap(({ path: to, nav }) => (nav && isFor(nav) ? [{ to, ...nav }] : [])).sort((a, b) => a.order - b.order);
  if (links.length === 0) return null;
  return (
    <nav class="frame__nav" aria-label={t('frame.navigation')}>
      <ul>
        {links.map(({ to, label }) => (
          <li key={to}>
            <a href={to} aria-current={path === to ? 'page' : path.startsWith(`${to}/`) && to !== '/app' ? 'true' : undefined}>{t(label)}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Languages() {
  return (
    <nav class="frame__languages" aria-label={t('frame.languages')}>
      {languages.map(({ code, name }) => (
        <button key={code} type="button" lang={code} aria-pressed={language.value === code} title={name} onClick={() => void setLanguage(code)}>
          {name}
        </button>
      ))}
    </nav>
  );
}

function Who() {
  const { route } = useLocation();
  if (!session.value) return <a class="ds-link frame__who" href="/app/sign-in">{t('frame.sign_in')}</a>;
  if (askingAgain.value) return null;
  return (
    <div class="frame__who">
      <a class="ds-link" href={`/account?lang=${language.value}`} title={t('frame.account')}>{session.value.name}</a>
      <button type="button" class="plain" onClick={() => void signOut().then(() => route('/app/'))}>{t('frame.sign_out')}</button>
    </div>
  );
}

/** The screen. When the session has ended, nothing of it stays in the page: it is taken out whole, and comes back as it was, with all that
    was typed, when the same person has signed in again. */
function Curtain({ children }: { children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const aside = useRef<{ nodes: DocumentFragment; title: string } | null>(null);
  const down = askingAgain.value;
  useLayoutEffect(() => {
    const holder = place.current;
    const screen = holder?.firstElementChild;
    if (down && screen && !aside.current) {
      const nodes = document.createDocumentFragment();
      nodes.append(screen);
      aside.current = { nodes, title: document.title };
      document.title = 'Köshi';
    }
    if (!down && holder && aside.current) {
      holder.append(aside.current.nodes);
      document.title = aside.current.title;
      aside.current = null;
    }
  }, [down]);
  return <div class="frame__screen" ref={place}><div class="frame__screen">{children}</div></div>;
}

export function Frame({ children }: { children: ComponentChildren }) {
  return (
    <>
      <a class="ds-skip-link" href="#main">{t('frame.skip')}</a>
      <header class="frame">
        <div class="frame__bar">
          <a class="frame__brand" href="/app/">Köshi</a>
          <Navigation />
          <div class="frame__end">
            <Languages />
            <Who />
          </div>
        </div>
      </header>
      <TrialDay />
      <main id="main" tabIndex={-1}>
        {session.value?.must && <p class="ds-alert" role="status">{t('frame.must')}: <a class="ds-link" href={`/account?lang=${language.value}`}>{t('frame.account')}</a></p>}
        <Curtain>{children}</Curtain>
      </main>
      <footer class="frame__foot">
        <p>{t('frame.notice')} <a href="/law">{t('frame.law')}</a> · <a href={`/?lang=${language.value}`}>{t('frame.no_scripts')}</a></p>
      </footer>
    </>
  );
}
