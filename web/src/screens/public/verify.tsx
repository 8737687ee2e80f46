// Puts a receipt to the proof in the browser. The receipt goes nowhere.
import { say } from '../../pictures/say';
import { language } from '../../words/words';
import { CheckForm, useChecked, VerdictBox } from './checked';
import { verifyReceipt, type Verdict as Judged } from './receipt';
import { told, type Word } from './journal_words';

export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function Verdict({ verdict }: { verdict: Judged }) {
  const speak = say(language.value);
  if (!verdict.good) {
    return <VerdictBox of={verdict} good={false} title={told('journal.bad')}><p>{told(`journal.fault_${verdict.fault}` as Word)}</p></VerdictBox>;
  }
  const { receipt, checkpoint } = verdict;
  return (
    <VerdictBox of={verdict} good title={told('journal.good')}>
      <p>{told('journal.good_text', { sequence: speak.number(receipt.sequence), size: speak.number(checkpoint.size), origin: checkpoint.origin })}</p>
      <ol class="steps-done">
        <li>{told('journal.step_signature')}</li>
        <li>{told('journal.step_proof', { n: receipt.proof.length })}</li>
        <li>{told('journal.step_event')} <code>{hexOf(receipt.event).slice(0, 16)}…</code></li>
      </ol>
    </VerdictBox>
  );
}

export function VerifyReceipt({ origin, keys }: { origin: string; keys: string[] }) {
  const checked = useChecked((receipt) => verifyReceipt(receipt, origin, keys));
  return (
    <CheckForm id="receipt" of={checked} paste={told('journal.paste')} button={told('journal.verify')} placeholder="koshi receipt 1">
      {checked.verdict && <Verdict verdict={checked.verdict} />}
    </CheckForm>
  );
}
