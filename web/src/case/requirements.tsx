import type { Schemas } from '../api/client';
import { Cites } from '../parts/cites';
import { formatDate, t } from '../words/words';
import type { ActionCheck } from './case_data';
import { Grounds } from './foreseen';

type Line = Schemas['ProofLine'];
type Check = Schemas['Check'];

const marks = { met: '✓', unmet: '✕', open: '?', unclear: '≠', known: '·' } as const;
const lineMarks: Record<string, string> = { decides: '✓', overruled: '↷', silent: '–', open: '?', needed: '?', disagrees: '≠', given: '·' };

/** What becomes of a rule, in a word. */
const results = {
  decides: 'rule.decides', overruled: 'rule.overruled', silent: 'rule.silent', open: 'rule.open', disagrees: 'rule.disagrees',
} as const;

/** A rule in one line: what becomes of it, what it says, its article. The whole sentence and the facts it rests on are shown when asked for. */
function RuleLine({ line, result }: { line: Line; result: (typeof results)[keyof typeof results] }) {
  return (
    <>
      <p class="proof-lines__rule">
        <span class="proof-lines__mark" aria-hidden="true">{lineMarks[line.state] ?? '·'}</span> <b>{line.title}</b>{' '}
        <span class="proof-lines__result">{t(result)}</span> <Cites by={line.by} />
      </p>
      <details>
        <summary>{t('rule.details')}<span class="hidden"> {line.title}</span></summary>
        <p>{line.text}</p>
        {line.children.length > 0 && <Proof lines={line.children} />}
      </details>
    </>
  );
}

function OtherLine({ line }: { line: Line }) {
  const text = <><span class="proof-lines__mark" aria-hidden="true">{lineMarks[line.state] ?? '·'}</span> {line.text}</>;
  return (
    <>
      {line.children.length === 0 ? text : <details><summary>{text}</summary><Proof lines={line.children} /></details>}
      {line.by.length > 0 && <Cites by={line.by} />}
    </>
  );
}

/** The proof as it was found, closed but for what was asked for. */
export function Proof({ lines }: { lines: readonly Line[] }) {
  return (
    <ul class="proof-lines">
      {lines.map((line, index) => {
        const result = results[line.state as keyof typeof results];
        return <li key={index} data-state={line.state}>{line.title && result ? <RuleLine line={line} result={result} /> : <OtherLine line={line} />}</li>;
      })}
    </ul>
  );
}

/** One requirement: met or not, by which article, why, and what would change it. */
export function CheckLine({ check, label }: { check: Check; label: string }) {
  return (
    <li data-state={check.state}>
      <span class="checks__mark" aria-hidden="true">{marks[check.state]}</span>
      <div>
        <p>
          <span class="checks__word">{t(`check.${check.state}`)}</span> {label} <Cites by={check.by ?? []} />
          {check.from && <b> {t('check.from', { date: formatDate(check.from) })}</b>}
        </p>
        <Grounds found={check.found ?? []} />
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
