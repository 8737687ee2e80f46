import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/client';
import { outcome, type Problem } from '../api/problem';
import { ProblemBox } from '../parts/loaded';
import { t } from '../words/words';
import { isComplete, type CaseData } from './case_data';
import { afterColon, Linked, missingOf, quoted } from './next';

/** The one thing to begin with; the whole stands at the top of the page. */
function nextOf(data: CaseData): string {
  const form = data.seen.forms?.find((one) => one.missing.length > 0);
  if (form) return t('case.next_fill', { what: quoted(form.label) });
  return isComplete(data) ? t('case.next_check') : missingOf(data).join(' ');
}

/** Earlier cases of the party: what one of them says is taken over into the forms, and stays marked as coming from it. */
export function Earlier({ data, reload }: { data: CaseData; reload: () => void }) {
  const [taken, setTaken] = useState<{ from: string; text: string } | null>(null);
  const told = useRef<HTMLParagraphElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const earlier = (data.sheet.earlier ?? []).filter((one) => one.case !== taken?.from);
  const item = data.seen.case;
  useEffect(() => told.current?.focus(), [taken]); // the button that was pressed is gone
  async function take({ case: from, title, facts }: (typeof earlier)[number]) {
    setBusy(true);
    const done = await outcome(api.POST('/api/v1/cases/{case}/take', { params: { path: { case: item.id } }, body: { version: item.version, from } }));
    setBusy(false);
    if (!done.ok) return setProblem(done.problem);
    setProblem(null);
    setTaken({ from, text: t('earlier.taken', { title, what: facts.map((fact) => fact.label).join(', ') }) });
    reload();
  }
  const status = taken && (
    <p class="notice" role="status" tabIndex={-1} ref={told}>{taken.text} <b>{t('case.next')}</b> <Linked text={afterColon(nextOf(data))} seen={data.seen} /></p>
  );
  if (earlier.length === 0) return status;
  return (
    <section class="section" data-part="earlier">
      {status}
      <h2>{t('earlier.title')}</h2>
      <p>{t('earlier.lead')}</p>
      {problem && <ProblemBox problem={problem} />}
      <ul class="actions">
        {earlier.map((one) => (
          <li key={one.case}>
            <button type="button" class="ds-button" data-variant="secondary" disabled={busy} onClick={() => void take(one)}>
              {t('earlier.take')}<span class="hidden"> {one.title}</span>
            </button>
            <div>
              <p>{one.title}</p>
              <p class="quiet small">{one.facts.map((fact) => `${fact.label}: ${fact.value}`).join(' · ')}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
