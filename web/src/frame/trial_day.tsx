// A demonstration says its day above every screen, and lets whoever is signed in go on to a later one.
import { useState } from 'preact/hooks';
import { api } from '../api/client';
import { outcome, type Problem } from '../api/problem';
import { dayMs } from '../parts/deadline';
import { ProblemBox } from '../parts/loaded';
import { useOffice } from '../session/office';
import { session } from '../session/session';
import { formatDate, t } from '../words/words';

const daysMax = 400; // as the server has it

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Nobody who tries the office waits for fifteen days. What falls due on the way is acted on. */
function GoOn({ today }: { today: string }) {
  const [open, setOpen] = useState(false); // a field for a day loads a picture of its own
  const [until, setUntil] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  async function goOn(event: Event) {
    event.preventDefault();
    const done = await outcome(api.POST('/api/v1/office/day', { body: { until } }));
    if (done.ok) location.reload();
    else setProblem(done.problem);
  }
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('frame.trial_go_on')}</summary>
      {open && (
        <form class="frame__go-on" onSubmit={(event) => void goOn(event)}>
          <label>
            {t('frame.trial_until')}{' '}
            <input
              class="ds-input" type="date" required min={dayAfter(today, 1)} max={dayAfter(today, daysMax)}
              value={until} onInput={(event) => setUntil(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="ds-button" data-variant="secondary" data-size="sm">{t('frame.trial_set')}</button>
        </form>
      )}
      {problem && <ProblemBox problem={problem} />}
    </details>
  );
}

/** A demonstration has a clock of its own, and terms count by it. */
export function TrialDay() {
  const office = useOffice();
  if (!office.data || office.data.demo.length === 0) return null;
  return (
    <aside class="frame__day">
      <p>{t('frame.trial_day', { date: formatDate(office.data.today) })}</p>
      {session.value && <GoOn today={office.data.today} />}
    </aside>
  );
}
