import { useState } from 'preact/hooks';
import { api } from '../api/client';
import { outcome, type Problem } from '../api/problem';
import { ProblemBox } from '../parts/loaded';
import { t } from '../words/words';
import type { CaseData } from './case_data';

/** Earlier cases of the party: what one of them says is taken over into the forms, and stays marked as coming from it. */
export function Earlier({ data }: { data: CaseData }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const earlier = data.sheet.earlier ?? [];
  const item = data.seen.case;
  if (earlier.length === 0) return null;
  async function take(from: string) {
    setBusy(true);
    const done = await outcome(api.POST('/api/v1/cases/{case}/take', { params: { path: { case: item.id } }, body: { version: item.version, from } }));
    setBusy(false);
    if (done.ok) location.reload();
    else setProblem(done.problem);
  }
  return (
    <section class="section" data-part="earlier">
      <h2>{t('earlier.title')}</h2>
      <p>{t('earlier.lead')}</p>
      {problem && <ProblemBox problem={problem} />}
      <ul class="actions">
        {earlier.map((one) => (
          <li key={one.case}>
            <button type="button" class="ds-button" data-variant="secondary" disabled={busy} onClick={() => void take(one.case)}>
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
