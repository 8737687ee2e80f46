import { formatDate, language, t } from '../words/words';
import type { CaseData } from './case_data';

/** What the office issued, to be opened, printed and checked by anybody. */
export function Papers({ data }: { data: CaseData }) {
  const { sheet, seen } = data;
  if (sheet.papers.length === 0 && sheet.grounds.length === 0) return null;
  return (
    <section class="section">
      <h2>{t('case.papers')}</h2>
      <ul class="papers">
        {sheet.papers.map((paper) => (
          <li key={paper.number}>
            <a class="papers__name" href={`/api/v1/cases/${seen.case.id}/papers/${paper.place}?lang=${language.value}`} target="_blank" rel="noopener">{paper.label} (PDF)</a>
            <span class="quiet">{t('case.paper_number', { number: paper.number, date: formatDate(paper.on) })}</span>
            <a href={`/verify/${paper.number}?lang=${language.value}`} target="_self">{t('case.paper_verify')}</a>
          </li>
        ))}
      </ul>
      {sheet.grounds.length > 0 && (
        <>
          <h3>{t('case.grounds')}</h3>
          <ul>
            {sheet.grounds.map((ground) => (
              <li key={ground.label}><a href={`/law/norms/${ground.norm}?lang=${language.value}`}>{ground.label}</a></li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
