import type { Problem } from '../api/problem';
import { useArrival } from '../parts/arrival';
import { t } from '../words/words';
import { caseHref, type CaseData } from './case_data';

/** Where a missing thing is put right: its form, or the documents. */
function placeOf(path: string, data: CaseData): string | null {
  const id = data.seen.case.id;
  if (data.seen.documents?.some((one) => one.kind === path)) return caseHref(id, '/documents');
  const pattern = path.replace(/\[\d+\]/g, '[]');
  const form = data.seen.forms?.find((one) => one.asks.some((ask) => ask === pattern || ask.startsWith(`${pattern}[]`)));
  return form ? `${caseHref(id, `/forms/${form.form}`)}#${path}` : null;
}

/** Why the act was refused: the articles, the reason in words, and what would change it. Whoever pressed is led to it. */
export function Refused({ problem, data }: { problem: Problem; data: CaseData }) {
  const box = useArrival<HTMLElement>();
  return (
    <section ref={box} tabIndex={-1} class="ds-alert refused" data-color="danger" role="alert">
      <h2 class="ds-heading" data-size="2xs">{problem.detail}</h2>
      {problem.problems.length > 0 && (
        <ul>
          {problem.problems.map((one) => {
            const href = placeOf(one.path, data);
            return <li key={one.path + one.message}>{href ? <a href={href}>{one.message}</a> : one.message}</li>;
          })}
        </ul>
      )}
      {problem.failed.map((failed) => (
        <div key={failed.label} class="refused__one">
          <p><b>{failed.label}</b>{failed.by && failed.by.length > 0 ? ` (${failed.by.join(' · ')})` : ''}</p>
          {failed.grounds && failed.grounds.length > 0 && <ul>{failed.grounds.map((ground) => <li key={ground}>{ground}</li>)}</ul>}
          {failed.changes && failed.changes.length > 0 && (
            <>
              <p>{t('problem.change')}:</p>
              <ul>{failed.changes.map((change) => <li key={change}>{change}</li>)}</ul>
            </>
          )}
          {failed.text && <details><summary>{t('problem.because')}</summary><pre class="proof">{failed.text}</pre></details>}
        </div>
      ))}
    </section>
  );
}
