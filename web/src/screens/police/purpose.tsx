// Why somebody looks. The journal keeps it with the look, so it is asked each time and never filled in by itself.
import { useId, useState } from 'preact/hooks';
import { say, type Word } from './words';

export const longestPurpose = 200;
const usual: readonly Word[] = ['purpose.street', 'purpose.duty', 'purpose.tip'];

export function Purpose({ value, change, error }: { value: string; change: (value: string) => void; error?: boolean | undefined }) {
  const id = useId();
  return (
    <div class="purpose">
      <label class="ds-label" for={id}>{say('purpose.label')}</label>
      <p class="quiet small" id={`${id}-why`}>{say('purpose.why')}</p>
      {error && <p class="purpose__error" id={`${id}-error`}>! {say('purpose.missing')}</p>}
      <input id={id} class="ds-input" value={value} maxLength={longestPurpose} autocomplete="off" required
        aria-describedby={error ? `${id}-why ${id}-error` : `${id}-why`} aria-invalid={error || undefined}
        onInput={(event) => change(event.currentTarget.value)} />
      <p class="purpose__usual">
        {usual.map((key) => <button key={key} type="button" class="plain" onClick={() => change(say(key))}>{say(key)}</button>)}
      </p>
    </div>
  );
}

/** A form that asks for the purpose before it goes on. */
export function usePurpose() {
  const [purpose, setPurpose] = useState('');
  const [missing, setMissing] = useState(false);
  const change = (value: string) => {
    setPurpose(value);
    setMissing(false);
  };
  const given = (): string | null => {
    const text = purpose.trim();
    setMissing(text === '');
    return text === '' ? null : text;
  };
  return { purpose, change, missing, given };
}
