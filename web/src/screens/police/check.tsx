// Is this paper valid? The answer first, in words and large; whom it is about only where the case lies with this police, and with a purpose.
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { outcome, type Problem } from '../../api/problem';
import { Facts } from '../../case/facts';
import { Page } from '../../frame/page';
import { ProblemBox } from '../../parts/loaded';
import { formatDate } from '../../words/words';
import { Purpose, usePurpose } from './purpose';
import { say } from './words';
import './police.css';

interface Found {
  number: string;
  paper: Schemas['Paper'] | null;
  sheet: Schemas['Sheet'] | null;
}

/** "T0TX1Z0NYA/1", and what people make of it: spaces, small letters, another stroke. */
export function readNumber(text: string): { case: string; paper: string } | null {
  const parts = /^([0-9A-Z]+)[/\\-](\d+)$/.exec(text.trim().toUpperCase().replaceAll(/\s+/g, ''));
  return parts?.[1] && parts[2] ? { case: parts[1], paper: parts[2] } : null;
}

async function find(number: string, purpose: string): Promise<{ found: Found } | { problem: Problem } | null> {
  const path = readNumber(number);
  if (path === null) return null;
  const paper = await outcome(api.GET('/api/v1/papers/{case}/{paper}', { params: { path } }));
  if (!paper.ok && paper.problem.status !== 404) return { problem: paper.problem };
  // The look at the person's case is journalled with its purpose; the case of another authority is not told.
  const sheet = paper.ok ? await outcome(api.GET('/api/v1/cases/{case}/sheet', { params: { path: { case: path.case }, query: { purpose } } })) : null;
  return { found: { number: `${path.case}/${path.paper}`, paper: paper.ok ? paper.data : null, sheet: sheet?.ok ? sheet.data : null } };
}

function Verdict({ found }: { found: Found }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [found]);
  const { paper, sheet } = found;
  const key = paper === null ? 'unknown' : paper.valid ? 'valid' : 'not_valid';
  return (
    <section class="big-verdict" data-verdict={key} tabIndex={-1} ref={box} aria-labelledby="verdict">
      <h2 id="verdict"><span aria-hidden="true">{key === 'valid' ? '✓' : key === 'not_valid' ? '✕' : '?'}</span> {say(`check.${key}`)}</h2>
      <p>{say(`check.${key}_text`)}</p>
      {paper && (
        <p class="big-verdict__what">
          <b>{paper.title}</b>{paper.procedure ? ` · ${paper.procedure}` : ''}{paper.state ? ` · ${paper.state}` : ''}<br />
          {say('check.issued', { date: formatDate(paper.issued) })}{paper.until ? ` · ${say('check.until', { date: formatDate(paper.until) })}` : ''}
        </p>
      )}
      <p class="small">{say('check.number')} {found.number}</p>
      {paper && (sheet ? <details open><summary>{say('check.about')}</summary><Facts rows={sheet.facts} /></details> : <p class="quiet">{say('check.elsewhere')}</p>)}
      {key === 'not_valid' && <p>{say('check.before')}</p>}
    </section>
  );
}

export default function Check() {
  const { purpose, change, missing, given } = usePurpose();
  const [number, setNumber] = useState('');
  const [found, setFound] = useState<Found>();
  const [problem, setProblem] = useState<Problem>();
  const [malformed, setMalformed] = useState(false);
  async function look() {
    const why = given();
    if (why === null) return;
    const answer = await find(number, why);
    setMalformed(answer === null);
    setFound(answer && 'found' in answer ? answer.found : undefined);
    setProblem(answer && 'problem' in answer ? answer.problem : undefined);
  }
  return (
    <Page title={say('check.title')} lead={say('check.lead')}>
      <form class="look" noValidate onSubmit={(event) => { event.preventDefault(); void look(); }}>
        <div class="purpose">
          <label class="ds-label" for="paper">{say('check.paper')}</label>
          {malformed && <p class="purpose__error" id="paper-error">! {say('check.malformed')}</p>}
          <input id="paper" class="ds-input" value={number} autocomplete="off" autocapitalize="characters" spellcheck={false} placeholder="T0TX1Z0NYA/1"
            aria-invalid={malformed || undefined} aria-describedby={malformed ? 'paper-error' : undefined} onInput={(event) => setNumber(event.currentTarget.value)} />
        </div>
        <Purpose value={purpose} change={change} error={missing} />
        <button type="submit" class="ds-button">{say('check.look')}</button>
      </form>
      {problem && <ProblemBox problem={problem} />}
      {found && <Verdict found={found} />}
    </Page>
  );
}
