import { Page } from '../frame/page';
import { Loaded } from '../parts/loaded';
import { formatNumber } from '../words/words';
import { caseHref, useCase } from './case_data';
import { ProofOf } from './proof_of';
import { told } from './receipt_words';
import { usePast } from './timeline';

/** The receipt of anything that has happened in a case. */
export default function KeptReceipt({ case: id = '', sequence = '' }: { case?: string; sequence?: string }) {
  const data = useCase(id);
  const past = usePast(id, data.data?.seen.case.version ?? 0);
  return (
    <Loaded of={data}>
      {(found) => (
        <Page title={told('own', { n: formatNumber(Number(sequence)) })} over={<a href={caseHref(id)}>{found.seen.label}</a>} lead={told('lead')}>
          <section class="receipt"><ProofOf data={found} past={past} sequence={sequence} /></section>
          <div class="buttons"><a class="ds-button" data-variant="tertiary" href={caseHref(id)}>{told('to_case')}</a></div>
        </Page>
      )}
    </Loaded>
  );
}
