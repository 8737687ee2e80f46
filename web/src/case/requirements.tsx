import type { Schemas } from '../api/client';
import { Cites } from '../parts/cites';
import { t } from '../words/words';
import type { ActionCheck } from './case_data';

type Line = Schemas['ProofLine'];
type Check = Schemas['Check'];

const marks = { met: '✓', unmet: '✕', open: '?', unclear: '≠', known: '·' } as const;
const lineMarks: Record<string, string> = { decides: '✓', overruled: '↷', silent: '–', open: '?', needed: '?', disagrees: '≠', given: '·' };

/** The proof as it was found, closed but for what was asked for. */
export function Proof({ lines }: { lines: readonly Line[] }) {
  return (
    <ul class="proof-lines">
      {lines.map((line, index) => (
        <li key={index} data-state={line.state}>
          {line.children.length > 0 ? (
            <details>
              <summary><LineText line={line} /></summary>
              <Proof lines={line.children} />
            </details>
          ) : (
            <LineText line={line} />
          )}
          {line.by.length > 0 && <Cites by={line.by} />}
        </li>
      ))}
    </ul>
  );
}

function LineText({ line }: { line: Line }) {
  return (
    <>
      <span class="proof-lines__mark" aria-hidden="true">{lineMarks[line.state] ?? '·'}</span> {line.text}
    </>
  );
}

/** One requirement: met or not, by which article, why, and what would change it. */
export function CheckLine({ check, label }: { check: Check; label: string }) {
  return (
    <li data-state={check.state}>
      <span class="checks__mark" aria-hidden="true">{marks[check.state]}</span>
      <div>
        <p><span class="checks__word">{t(`check.${check.state}`)}</span> {label} <Cites by={check.by ?? []} /></p>
        {check.state === 'open' && check.needs.length > 0 && (
          <p class="quiet small">{t('comes.needs', { facts: check.needs.map((need) => need.question).slice(0, 4).join(' ') })}</p>
        )}
        {check.changes && check.changes.length > 0 && (
          <details><summary>{t('problem.change')}</summary><ul>{check.changes.map((change) => <li key={change.text}>{change.text}</li>)}</ul></details>
        )}
        {check.why && check.why.length > 0 && <details><summary>{t('problem.because')}</summary><Proof lines={check.why} /></details>}
      </div>
    </li>
  );
}

/** All that the law asks of an act. */
export function Requirements({ check }: { check: ActionCheck }) {
  if (check.requirements.length === 0) return null;
  return (
    <ul class="checks">
      {check.requirements.map((one) => <CheckLine key={one.label} check={one} label={one.label ?? ''} />)}
    </ul>
  );
}
