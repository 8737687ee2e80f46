import { useEffect, useRef } from 'preact/hooks';
import { t } from '../words/words';

export interface FormError {
  /** Of the input, or empty. */
  path: string;
  message: string;
}

/** Everything that is to be put right, above the form; each line leads to its input. Takes the focus when it appears. */
export function ErrorSummary({ errors, turn }: { errors: readonly FormError[]; turn: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [turn]);
  if (errors.length === 0) return null;
  return (
    <div ref={box} class="ds-alert error-summary" data-color="danger" tabIndex={-1} aria-labelledby="error-summary">
      <h2 id="error-summary" class="ds-heading" data-size="2xs">{t('problem.summary')}</h2>
      <ul>
        {errors.map((error) => (
          <li key={error.path + error.message}>
            {error.path === '' ? error.message : (
              <a href={`#${error.path}`} onClick={(event) => {
                event.preventDefault();
                const at = document.getElementById(error.path);
                at?.scrollIntoView({ block: 'center' });
                (at?.matches('fieldset, section') ? (at.querySelector<HTMLElement>('input, select') ?? at) : at)?.focus();
              }}>{error.message}</a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
