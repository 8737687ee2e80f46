// Open data and the journal: its signed state, the proof of a receipt, and the files with their layout.
import { api } from '../../api/client';
import { useData } from '../../api/data';
import { outcome } from '../../api/problem';
import { Page } from '../../frame/page';
import { Loaded } from '../../parts/loaded';
import { say } from '../../pictures/say';
import { language } from '../../words/words';
import { DataSets } from './data_sets';
import { KeptState } from './kept_state';
import { parseCheckpoint, type Checkpoint } from './receipt';
import { hexOf, VerifyReceipt } from './verify';
import { download } from '../../pictures/table';
import './public.css';
import { told } from './journal_words';

interface Journal {
  note: string;
  checkpoint?: Checkpoint;
  origin: string;
  keys: string[];
}

async function load() {
  const [note, keys] = await Promise.all([
    outcome(api.GET('/api/v1/journal/checkpoint', { parseAs: 'text' })), outcome(api.GET('/api/v1/journal/keys', {})),
  ]);
  if (!note.ok) return note;
  if (!keys.ok) return keys;
  const data: Journal = { note: String(note.data), ...keys.data };
  try {
    data.checkpoint = parseCheckpoint(data.note);
  } catch {
    // The note is shown as it came; its verdict is the verifier's.
  }
  return { ...keys, data };
}

function State({ journal }: { journal: Journal }) {
  const speak = say(language.value);
  const { checkpoint } = journal;
  return (
    <section class="section">
      <h2>{told('journal.state')}</h2>
      <p>{told('journal.state_text')}</p>
      {checkpoint && (
        <ul class="facts">
          <li><b>{speak.number(checkpoint.size)}</b><span>{told('journal.events', { n: checkpoint.size })}</span></li>
          <li><b class="numbers">{hexOf(checkpoint.root).slice(0, 8)}…</b><span>{told('journal.root')}</span></li>
        </ul>
      )}
      <details class="note-of">
        <summary>{told('journal.note')}</summary>
        <pre class="note" tabIndex={0} aria-label={told('journal.note')}>{journal.note}</pre>
      </details>
      <details class="note-of">
        <summary>{told('journal.keys')}</summary>
        <pre class="note" tabIndex={0} aria-label={told('journal.keys')}>{journal.keys.join('\n')}</pre>
      </details>
      <p><button type="button" class="ds-button" data-variant="secondary" data-size="sm"
          onClick={() => download('checkpoint.txt', journal.note, 'text/plain;charset=utf-8')}>{told('journal.keep')}</button></p>
      <KeptState origin={journal.origin} keys={journal.keys} />
    </section>
  );
}

export default function JournalScreen() {
  const journal = useData(load, []);
  return (
    <Page title={told('journal.title')} lead={told('journal.lead')}>
      <Loaded of={journal}>
        {(data) => (
          <>
            <section class="section" id="verify">
              <h2>{told('journal.verify_title')}</h2>
              <p>{told('journal.verify_text')}</p>
              <VerifyReceipt origin={data.origin} keys={data.keys} />
            </section>
            <State journal={data} />
          </>
        )}
      </Loaded>
      <DataSets />
    </Page>
  );
}
