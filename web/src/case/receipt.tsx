import { Page } from '../frame/page';
import { Loaded } from '../parts/loaded';
import { Tag } from '../parts/tag';
import { t } from '../words/words';
import { caseHref, useCase, type CaseData } from './case_data';
import { holdersOf, Next } from './next';
import { Papers } from './papers';
import { ProofOf } from './proof_of';
import { told } from './receipt_words';
import { usePast } from './timeline';

/** What was done is done, the case is not: who has it now. */
function Holder({ data }: { data: CaseData }) {
  const who = holdersOf(data);
  return who.length === 0 ? null : <p class="receipt__holder">{told('holder', { who: who.join(', ') })}</p>;
}

/** After an act: that it is done, what comes next, and the proof that it stands in the journal. */
export default function Receipt({ case: id = '', sequence = '' }: { case?: string; sequence?: string }) {
  const data = useCase(id);
  const past = usePast(id, data.data?.seen.case.version ?? 0);
  return (
    <Loaded of={data}>
      {(found) => (
        <Page
          title={told('title')}
          over={<a href={caseHref(id)}>{found.seen.label}</a>}
          lead={<><Tag tone={found.sheet.final ? 'neutral' : 'accent'}>{found.seen.state_label}</Tag> <span class="nowrap">{t('case.number', { id })}</span></>}
        >
          {!found.sheet.final && <Holder data={found} />}
          <Next data={found} past={past} />
          <Papers data={found} />
          <section class="section receipt">
            <h2>{told('proof')}</h2>
            <ProofOf data={found} past={past} sequence={sequence} />
          </section>
          <div class="buttons">
            <a class="ds-button" href={caseHref(id)}>{told('to_case')}</a>
            <a class="ds-button" data-variant="tertiary" href="/app/desk">{t('desk.nav')}</a>
          </div>
        </Page>
      )}
    </Loaded>
  );
}
