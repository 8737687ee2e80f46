import { useOffice } from './office';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Schemas } from '../api/client';
import { Page } from '../frame/page';
import { t } from '../words/words';
import { SignInForm } from './sign_in_form';

type Office = Schemas['Office'];

/** Under what their first role is called, in the order of the demonstration: whose turn it is in a case is found by that name. */
function groupsOf({ demo, roles }: Office): { label: string; people: Office['demo'] }[] {
  const labelOf = (role: string | undefined) => roles.find((one) => one.role === role)?.label ?? '';
  const groups = new Map<string, Office['demo']>();
  for (const one of demo) {
    const label = labelOf(one.roles[0]);
    groups.set(label, [...(groups.get(label) ?? []), one]);
  }
  return [...groups].map(([label, people]) => ({ label, people }));
}

/** People of a demonstration, for everybody to try. */
function DemoPeople({ choose }: { choose: (login: string, password: string) => void }) {
  const office = useOffice();
  if (!office.data || office.data.demo.length === 0) return null;
  return (
    <section class="demo" aria-labelledby="demo">
      <h2 id="demo" class="ds-heading" data-size="2xs">{t('sign_in.demo')}</h2>
      <p class="quiet">{t('sign_in.demo_text')}</p>
      {groupsOf(office.data).map(({ label, people }) => (
        <section key={label} class="demo__group">
          <h3>{label}</h3>
          <ul class="demo__people">
            {people.map((one) => (
              <li key={one.login}>
                <button type="button" data-login={one.login} onClick={() => choose(one.login, one.password)}>
                  <b>{one.name}</b>
                  <span>{one.about}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

/** Stands in the place of a screen that needs somebody; once signed in, the screen itself is drawn there. */
export function SignIn() {
  const [given, setGiven] = useState<{ login: string; password: string }>({ login: '', password: '' });
  return (
    <Page title={t('sign_in.title')} lead={<span class="then">{t('sign_in.lead')}</span>}>
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
    <Page title={t('sign_in.title')} lead={<span class="then">{t('sign_in.lead')}</span>}>
      <div class="sign-in">
        <SignInForm key={given.login} {...given} submit={given.login !== ''} done={() => route('/app/desk')} />
        <DemoPeople choose={(login, password) => setGiven({ login, password })} />
      </div>
    </Page>
  );
}
