import { useEffect, useRef } from 'preact/hooks';
import { t } from '../words/words';
import { askingAgain, session } from './session';
import { SignInForm } from './sign_in_form';

/** Over whatever is being done, which stays as it is: the password again, and it goes on. */
export function SignInAgain() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = askingAgain.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="ds-dialog" aria-labelledby="again" onCancel={(event) => event.preventDefault()}>
      <h2 id="again" class="ds-heading" data-size="xs">{t('sign_in.again_title')}</h2>
      <p class="ds-paragraph">{t('sign_in.again_text')}</p>
      {open && <SignInForm login={session.value?.login ?? ''} password="" fixedLogin />}
    </dialog>
  );
}
