// What somebody pastes or reads from a file is put to the proof in the browser, and goes nowhere.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { told } from './journal_words';

/** More than any receipt or checkpoint of ours. A longer file is none, and is judged as an empty one. */
const fileMaxBytes = 100_000;

interface Checked<Verdict> {
  text: string;
  verdict: Verdict | undefined;
  type: (text: string) => void;
  check: () => void;
  take: (file: File | undefined) => void;
}

/** The text, what it was found to be when it was last checked, and the two ways in which it comes. */
export function useChecked<Verdict>(verify: (text: string) => Promise<Verdict>): Checked<Verdict> {
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState<Verdict>();
  const judge = async (said: string) => setVerdict(await verify(said));
  const take = async (file: File | undefined) => {
    if (!file) return;
    const read = file.size > fileMaxBytes ? '' : await file.text();
    setText(read);
    await judge(read);
  };
  return { text, verdict, type: setText, check: () => void judge(text), take: (file) => void take(file) };
}

/** The verdict in words; it takes the focus when it comes. `of` is what was judged: another verdict is told anew. */
export function VerdictBox({ of, good, title, children }: { of: unknown; good: boolean; title: string; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [of]);
  return (
    <div class={good ? 'verdict' : 'verdict is-bad'} role="status" tabIndex={-1} ref={box}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

/** Paste it, or choose its file; then the button. */
export function CheckForm<Verdict>(props: {
  id: string;
  of: Checked<Verdict>;
  paste: string;
  button: string;
  placeholder?: string;
  secondary?: boolean;
  title?: string;
  children: ComponentChildren;
}) {
  const { id, of } = props;
  return (
    <form class="verify" onSubmit={(event) => { event.preventDefault(); of.check(); }}>
      {props.title && <h3>{props.title}</h3>}
      <label class="ds-label" for={id}>{props.paste}</label>
      <textarea id={id} class="ds-input" spellcheck={false} value={of.text} placeholder={props.placeholder} onInput={(event) => of.type(event.currentTarget.value)} />
      <label class="verify__file">
        {told('journal.or_file')} <input type="file" accept=".txt,text/plain" onChange={(event) => of.take(event.currentTarget.files?.[0])} />
      </label>
      <button type="submit" class="ds-button" data-variant={props.secondary ? 'secondary' : undefined} disabled={of.text.trim() === ''}>{props.button}</button>
      {props.children}
    </form>
  );
}
