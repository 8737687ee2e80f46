import { Page } from '../frame/page';
import { Loaded } from '../parts/loaded';
import { useData } from '../api/data';
import { problemOf, type Outcome } from '../api/problem';
import { Tag } from '../parts/tag';
import { t } from '../words/words';
import { caseHref, useCase, type CaseData } from './case_data';
import { holdersOf, Next } from './next';
import { Papers } from './papers';
import { usePast } from './timeline';

async function receiptOf(id: string, sequence: string): Promise<Outcome<string>> {
  try {
    const response = await fetch(`/api/v1/cases/${encodeURIComponent(id)}/receipts/${sequence}`);
    if (!response.ok) return { ok: false, problem: problemOf(response.status, await response.json().catch(() => null)) };
    return { ok: true, data: await response.text(), response };
  } catch {
    return { ok: false, problem: problemOf(0, null) };
  }
}

/** What was done is done, the case is not: who has it now. */
function Holder({ data }: { data: CaseData }) {
  const who = holdersOf(data);
  return who.length === 0 ? null : <p class="receipt__holder">{t('receipt.holder', { who: who.join(', ') })}</p>;
}

/** After an act: that it is done, what comes next, and the proof that it stands in the journal. */
export default function Receipt({ case: id = '', sequence = '' }: { case?: string; sequence?: string }) {
  const data = useCase(id);
  const receipt = useData(() => receiptOf(id, sequence), [id, sequence]);
  const past = usePast(id, data.data?.seen.case.version ?? 0);
  return (
    <Loaded of={data}>
      {(found) => (
        <Page
          title={t('receipt.title')}
          over={<a href={caseHref(id)}>{found.seen.label}</a>}
          lead={<><Tag tone={found.sheet.final ? 'neutral' : 'accent'}>{found.seen.state_label}</Tag> <span class="nowrap">{t('case.number', { id })}</span></>}
        >
          {!found.sheet.final && <Holder data={found} />}
          <Next data={found} past={past} />
          <Papers data={found} />
          <section class="section receipt">
            <h2>{t('receipt.proof')}</h2>
            <p>{t('receipt.text', { n: Number(sequence) })}</p>
            <Loaded of={receipt}>{(text) => <details><summary>{t('receipt.show')}</summary><pre class="proof" tabIndex={0}>{text}</pre></details>}</Loaded>
            <p><a href={`/api/v1/cases/${id}/receipts/${sequence}`} download={`koshi-receipt-${sequence}.txt`}>{t('receipt.keep')}</a></p>
          </section>
          <div class="buttons">
            <a class="ds-button" href={caseHref(id)}>{t('receipt.to_case')}</a>
            <a class="ds-button" data-variant="tertiary" href="/app/desk">{t('desk.nav')}</a>
          </div>
        </Page>
      )}
    </Loaded>
  );
}
