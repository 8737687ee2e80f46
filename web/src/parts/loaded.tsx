import type { ComponentChildren } from 'preact';
import type { Data } from '../api/data';
import type { Problem } from '../api/problem';
import { t } from '../words/words';

/** What went wrong, in the server's words; with a way on where there is one. */
export function ProblemBox({ problem, again }: { problem: Problem; again?: () => void }) {
  return (
    <div class="ds-alert" data-color={problem.status === 404 ? 'info' : 'danger'} role="alert">
      <h2 class="ds-heading" data-size="2xs">{t('problem.title')}</h2>
      <p>{problem.detail}</p>
      {problem.problems.length > 0 && (
        <ul>{problem.problems.map((one) => <li key={one.path + one.message}>{one.message}</li>)}</ul>
      )}
      {again && <button type="button" class="ds-button" data-variant="secondary" onClick={again}>{t('problem.again')}</button>}
    </div>
  );
}

/** Draws what was asked for once it is there; keeps the old while it is asked anew. */
export function Loaded<T>({ of, children }: { of: Data<T>; children: (data: T) => ComponentChildren }) {
  if (of.data !== undefined) return <div aria-busy={of.loading}>{children(of.data)}</div>;
  if (of.problem) return <ProblemBox problem={of.problem} again={of.reload} />;
  return <p class="quiet" role="status">{t('loading')}</p>;
}
