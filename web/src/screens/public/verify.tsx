// Puts a receipt to the proof in the browser. The receipt goes nowhere.
import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../pictures/say';
import { language, t, type Key } from '../../words/words';
import { verifyReceipt, type Verdict } from './receipt';

export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function VerdictBox({ verdict }: { verdict: Verdict }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [verdict]);
  const speak = say(language.value);
  if (!verdict.good) {
    return (
      <div class="verdict is-bad" role="status" tabIndex={-1} ref={box}>
        <h3>{t('journal.bad')}</h3>
        <p>{t(`journal.fault_${verdict.fault}` as Key)}</p>
      </div>
    );
  }
  const { receipt, checkpoint } = verdict;
  return (
    <div class="verdict" role="status" tabIndex={-1} ref={box}>
      <h3>{t('journal.good')}</h3>
      <p>{t('journal.good_text', { sequence: speak.number(receipt.sequence), size: speak.number(checkpoint.size), origin: checkpoint.origin })}</p>
      <ol class="steps-done">
        <li>{t('journal.step_signature')}</li>
        <li>{t('journal.step_proof', { n: receipt.proof.length })}</li>
        <li>{t('journal.step_event')} <code>{hexOf(receipt.event).slice(0, 16)}…</code></li>
      </ol>
    </div>
  );
}

export function VerifyReceipt({ origin, keys }: { origin: string; keys: string[] }) {
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState<Verdict>();
  const check = async (receipt: string) => setVerdict(await verifyReceipt(receipt, origin, keys));
  const take = async (file: File | undefined) => {
    if (!file) return;
    const read = file.size > 100_000 ? '' : await file.text();
    setText(read);
    await check(read);
  };
  return (
    <form class="verify" onSubmit={(event) => { event.preventDefault(); void check(text); }}>
      <label class="ds-label" for="receipt">{t('journal.paste')}</label>
      <textarea id="receipt" class="ds-input" spellcheck={false} value={text} placeholder="koshi receipt 1" onInput={(event) => setText(event.currentTarget.value)} />
      <label class="verify__file">{t('journal.or_file')} <input type="file" accept=".txt,text/plain" onChange={(event) => void take(event.currentTarget.files?.[0])} /></label>
      <button type="submit" class="ds-button" disabled={text.trim() === ''}>{t('journal.verify')}</button>
      {verdict && <VerdictBox verdict={verdict} />}
    </form>
  );
}
