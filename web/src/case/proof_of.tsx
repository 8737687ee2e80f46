// What a receipt is for, in words: what was received, when, of whom, under which number; and the proof itself, to be kept and checked.
import type { ComponentChildren } from 'preact';
import { Loaded } from '../parts/loaded';
import { useData } from '../api/data';
import { problemOf, type Outcome } from '../api/problem';
import { formatMoment, formatNumber } from '../words/words';
import { queueOf, type CaseData } from './case_data';
import { told } from './receipt_words';
import { actorOf, sentence, type Past } from './timeline';

async function receiptOf(id: string, sequence: string): Promise<Outcome<string>> {
  try {
    const response = await fetch(addressOf(id, sequence));
    if (!response.ok) return { ok: false, problem: problemOf(response.status, await response.json().catch(() => null)) };
    return { ok: true, data: await response.text(), response };
  } catch {
    return { ok: false, problem: problemOf(0, null) };
  }
}

function addressOf(id: string, sequence: string): string {
  return `/api/v1/cases/${encodeURIComponent(id)}/receipts/${encodeURIComponent(sequence)}`;
}

function Line({ name, children }: { name: string; children: ComponentChildren }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

export function ProofOf({ data, past, sequence }: { data: CaseData; past: Past; sequence: string }) {
  const { seen, sheet, procedure } = data;
  const { id, number } = seen.case;
  const queue = queueOf(sheet);
  const proof = useData(() => receiptOf(id, sequence), [id, sequence]);
  const entry = past.data?.find((one) => String(one.sequence) === sequence);
  return (
    <>
      <dl class="facts">
        {entry && <Line name={told('what')}><b>{sentence(entry, procedure)}</b></Line>}
        {entry && <Line name={told('when')}>{formatMoment(entry.recorded_at_ms)}</Line>}
        {entry && <Line name={told('by')}>{actorOf(entry, procedure)}</Line>}
        <Line name={told('number')}>{[number, id].filter(Boolean).join(' · ')}</Line>
        <Line name={told('entry')}>{formatNumber(Number(sequence))}</Line>
        {queue && <Line name={told('place')}>{told('place_of', queue)}</Line>}
      </dl>
      <p>{told('check_text')} <a href="/app/journal#verify">{told('check')}</a></p>
      <p><a class="ds-button" data-variant="secondary" href={addressOf(id, sequence)} download={`koshi-receipt-${sequence}.txt`}>{told('keep')}</a></p>
      <Loaded of={proof}>{(text) => <details><summary>{told('show')}</summary><pre class="proof" tabIndex={0}>{text}</pre></details>}</Loaded>
    </>
  );
}
