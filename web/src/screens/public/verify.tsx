// Puts a receipt to the proof in the browser. The receipt goes nowhere.
import { say } from '../../pictures/say';
import { language, t, type Key } from '../../words/words';
import { CheckForm, useChecked, VerdictBox } from './checked';
import { verifyReceipt, type Verdict as Judged } from './receipt';

export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function Verdict({ verdict }: { verdict: Judged }) {
  const speak = say(language.value);
  if (!verdict.good) {
    return <VerdictBox of={verdict} good={false} title={t('journal.bad')}><p>{t(`journal.fault_${verdict.fault}` as Key)}</p></VerdictBox>;
  }
  const { receipt, checkpoint } = verdict;
  return (
    <VerdictBox of={verdict} good title={t('journal.good')}>
      <p>{t('journal.good_text', { sequence: speak.number(receipt.sequence), size: speak.number(checkpoint.size), origin: checkpoint.origin })}</p>
      <ol class="steps-done">
        <li>{t('journal.step_signature')}</li>
        <li>{t('journal.step_proof', { n: receipt.proof.length })}</li>
        <li>{t('journal.step_event')} <code>{hexOf(receipt.event).slice(0, 16)}…</code></li>
      </ol>
    </VerdictBox>
  );
}

export function VerifyReceipt({ origin, keys }: { origin: string; keys: string[] }) {
  const checked = useChecked((receipt) => verifyReceipt(receipt, origin, keys));
  return (
    <CheckForm id="receipt" of={checked} paste={t('journal.paste')} button={t('journal.verify')} placeholder="koshi receipt 1">
      {checked.verdict && <Verdict verdict={checked.verdict} />}
    </CheckForm>
  );
}
