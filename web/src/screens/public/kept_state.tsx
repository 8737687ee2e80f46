// Puts a state of the journal that somebody kept beside the journal of now: the office proves that it only grew, and the browser checks it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../pictures/say';
import { language, t, type Key } from '../../words/words';
import { verifyKept, type ConsistencyVerdict } from './consistency';

async function askOffice(size: number): Promise<string> {
  const answer = await fetch(`/api/v1/journal/consistency?size=${size}`);
  return answer.text();
}

function VerdictBox({ verdict }: { verdict: ConsistencyVerdict }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [verdict]);
  const { number } = say(language.value);
  return (
    <div class={verdict.good ? 'verdict' : 'verdict is-bad'} role="status" tabIndex={-1} ref={box}>
      <h3>{t(verdict.good ? 'journal.kept_good' : 'journal.kept_bad')}</h3>
      <p>{verdict.good ? t('journal.kept_good_text', { kept: number(verdict.kept.size), now: number(verdict.now.size) }) : t(`journal.fault_${verdict.fault}` as Key)}</p>
    </div>
  );
}

export function KeptState({ origin, keys }: { origin: string; keys: string[] }) {
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState<ConsistencyVerdict>();
  const check = async (note: string) => setVerdict(await verifyKept(note, origin, keys, askOffice));
  const take = async (file: File | undefined) => {
    if (!file) return;
    const read = file.size > 100_000 ? '' : await file.text();
    setText(read);
    await check(read);
  };
  return (
    <form class="verify" onSubmit={(event) => { event.preventDefault(); void check(text); }}>
      <h3>{t('journal.kept_title')}</h3>
      <label class="ds-label" for="kept">{t('journal.kept_paste')}</label>
      <textarea id="kept" class="ds-input" spellcheck={false} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      <label class="verify__file">{t('journal.or_file')} <input type="file" accept=".txt,text/plain" onChange={(event) => void take(event.currentTarget.files?.[0])} /></label>
      <button type="submit" class="ds-button" data-variant="secondary" disabled={text.trim() === ''}>{t('journal.kept_check')}</button>
      {verdict && <VerdictBox verdict={verdict} />}
    </form>
  );
}
