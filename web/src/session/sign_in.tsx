import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { api } from '../api/client';
import { useData } from '../api/data';
import { outcome } from '../api/problem';
import { Page } from '../frame/page';
import { t } from '../words/words';
import { SignInForm } from './sign_in_form';

/** People of a demonstration, for everybody to try. */
function DemoPeople({ choose }: { choose: (login: string, password: string) => void }) {
  const office = useData(() => outcome(api.GET('/api/v1/office')), []);
  const people = office.data?.demo ?? [];
  if (people.length === 0) return null;
  return (
    <section class="demo" aria-labelledby="demo">
      <h2 id="demo" class="ds-heading" data-size="2xs">{t('sign_in.demo')}</h2>
      <p class="quiet">{t('sign_in.demo_text')}</p>
      <ul class="demo__people">
        {people.map((one) => (
          <li key={one.login}>
            <button type="button" onClick={() => choose(one.login, one.password)}>
              <b>{one.name}</b>
              <span>{one.about}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Stands in the place of a screen that needs somebody; once signed in, the screen itself is drawn there. */
export function SignIn() {
  const [given, setGiven] = useState<{ login: string; password: string }>({ login: '', password: '' });
  return (
    <Page title={t('sign_in.title')} lead={t('sign_in.lead')}>
      <div class="sign-in">
        <SignInForm key={given.login} {...given} submit={given.login !== ''} />
        <DemoPeople choose={(login, password) => setGiven({ login, password })} />
      </div>
    </Page>
  );
}

/** The address of the sign-in itself: from here one goes on to the desk. */
export default function SignInScreen() {
  const { route } = useLocation();
  const [given, setGiven] = useState<{ login: string; password: string }>({ login: '', password: '' });
  return (
    <Page title={t('sign_in.title')} lead={t('sign_in.lead')}>
      <div class="sign-in">
        <SignInForm key={given.login} {...given} submit={given.login !== ''} done={() => route('/app/desk')} />
        <DemoPeople choose={(login, password) => setGiven({ login, password })} />
      </div>
    </Page>
  );
}
