import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { Data } from '../api/data';
import type { Problem } from '../api/problem';
import { InPage, Page } from '../frame/page';
import { t } from '../words/words';

interface ProblemProps {
  problem: Problem;
  again?: () => void;
}

/** What went wrong, in the server's words; with a way on where there is one. */
export function ProblemBox(props: ProblemProps) {
  return useContext(InPage) ? <Box {...props} headed={false} /> : <ProblemPage {...props} />;
}

/** In the place of a whole screen: with a heading, a title of the window, and the way home. */
function ProblemPage(props: ProblemProps) {
  return (
    <Page title={t('problem.title')}>
      <Box {...props} headed />
      <p><a class="ds-link" href="/app/">{t('missing.home')}</a></p>
    </Page>
  );
}

function Box({ problem, again, headed }: ProblemProps & { headed: boolean }) {
  return (
    <div class="ds-alert" data-color={problem.status === 404 ? 'info' : 'danger'} role="alert">
      {!headed && <h2 class="ds-heading" data-size="2xs">{t('problem.title')}</h2>}
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
