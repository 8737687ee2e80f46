import { useEffect, useRef, useState } from 'preact/hooks';
import { language, t } from '../words/words';
import { signIn } from './session';

/** Login, password and, once the server wants one, the code of the second factor. `submit`: at once, as for a person of the demonstration. */
export function SignInForm(props: { login: string; password: string; submit?: boolean; fixedLogin?: boolean; done?: () => void }) {
  const [login, setLogin] = useState(props.login);
  const [password, setPassword] = useState(props.password);
  const [code, setCode] = useState('');
  const [wantsCode, setWantsCode] = useState(false);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const codeInput = useRef<HTMLInputElement>(null);

  async function send() {
    setBusy(true);
    const refused = await signIn(login, password, code, language.value).catch(() => ({ status: 0, detail: t('problem.network') }));
    setBusy(false);
    if (refused === null) return props.done?.();
    setError(refused.detail);
    // Wrong login and password are one answer; a code is asked only where the account has a second factor.
    if (refused.status === 401 && password !== '') setWantsCode(true);
  }
  useEffect(() => {
    if (props.submit) void send();
  }, []);

  return (
    <form
      class="sign-in__form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {error !== '' && <div class="ds-alert" data-color="danger" role="alert"><p class="ds-paragraph">{error}</p></div>}
      <div class="ds-field">
        <label class="ds-label" for="login">{t('sign_in.login')}</label>
        <input id="login" class="ds-input" name="login" autocomplete="username" autocapitalize="none" required value={login}
          readOnly={props.fixedLogin} onInput={(event) => setLogin(event.currentTarget.value)} />
      </div>
      <div class="ds-field">
        <label class="ds-label" for="password">{t('sign_in.password')}</label>
        <input id="password" class="ds-input" name="password" type="password" autocomplete="current-password" required value={password}
          onInput={(event) => setPassword(event.currentTarget.value)} />
      </div>
      {wantsCode && (
        <div class="ds-field">
          <label class="ds-label" for="code">{t('sign_in.code')}</label>
          <input id="code" ref={codeInput} class="ds-input" name="code" inputMode="numeric" autocomplete="one-time-code" value={code}
            onInput={(event) => setCode(event.currentTarget.value)} />
        </div>
      )}
      <button class="ds-button" type="submit" disabled={busy}>{t('sign_in.submit')}</button>
    </form>
  );
}
