// Puts a state of the journal that somebody kept beside the journal of now: the office proves that it only grew, and the browser checks it.
import { say } from '../../pictures/say';
import { language } from '../../words/words';
import { CheckForm, useChecked, VerdictBox } from './checked';
import { verifyKept, type ConsistencyVerdict } from './consistency';
import { told, type Word } from './journal_words';

async function askOffice(size: number): Promise<string> {
  const answer = await fetch(`/api/v1/journal/consistency?size=${size}`);
  return answer.text();
}

function Verdict({ verdict }: { verdict: ConsistencyVerdict }) {
  const { number } = say(language.value);
  return (
    <VerdictBox of={verdict} good={verdict.good} title={told(verdict.good ? 'journal.kept_good' : 'journal.kept_bad')}>
      <p>{verdict.good ? told('journal.kept_good_text', { kept: number(verdict.kept.size), now: number(verdict.now.size) }) : told(`journal.fault_${verdict.fault}` as Word)}</p>
    </VerdictBox>
  );
}

export function KeptState({ origin, keys }: { origin: string; keys: string[] }) {
  const checked = useChecked((note) => verifyKept(note, origin, keys, askOffice));
  return (
    <CheckForm id="kept" of={checked} title={told('journal.kept_title')} paste={told('journal.kept_paste')} button={told('journal.kept_check')} secondary>
      {checked.verdict && <Verdict verdict={checked.verdict} />}
    </CheckForm>
  );
}
