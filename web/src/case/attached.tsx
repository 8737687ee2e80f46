import { formatDate, formatNumber, t } from '../words/words';
import type { CaseData } from './case_data';

/** What was attached, where it can no longer be changed: to be opened all the same. */
export function Attached({ data: { seen } }: { data: CaseData }) {
  const { id, filed, documents } = seen.case;
  if (documents.length === 0 || (seen.may_fill && !filed)) return null;
  const labelOf = (kind: string) => seen.documents?.find((one) => one.kind === kind)?.label;
  return (
    <section class="section" data-part="attached">
      <h2>{t('case.documents')}</h2>
      <ul class="plain-list">
        {documents.map((one) => (
          <li key={one.kind + one.sha256}>
            <a href={`/api/v1/cases/${id}/documents/${one.sha256}`}>{labelOf(one.kind) ?? one.file}</a>{' '}
            <span class="quiet small">{one.file} · {t('documents.kilobytes', { n: formatNumber(Math.ceil(one.size / 1024)) })} · {formatDate(one.on, 'short')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
