// A demonstration says its day above every screen, and lets whoever is signed in go on to a later one.
import { useState } from 'preact/hooks';
import { later } from '../parts/later';
import { useOffice } from '../session/office';
import { session } from '../session/session';
import { formatDate, t } from '../words/words';

const GoOn = later(() => import('../screens/home/go_on'));

/** A demonstration has a clock of its own, and terms count by it. */
export function TrialDay() {
  const office = useOffice();
  const [open, setOpen] = useState(false); // a field for a day loads a picture of its own
  const [from] = useState(() => (history.state as { dayMovedFrom?: string } | null)?.dayMovedFrom);
  if (!office.data || office.data.demo.length === 0) return null;
  const { today } = office.data;
  return (
    <aside class="frame__day">
      <p>{t('frame.trial_day', { date: formatDate(today) })}</p>
      {session.value && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('frame.trial_go_on')}</summary>
          {open && <GoOn today={today} />}
        </details>
      )}
      {from && <GoOn today={today} from={from} />}
    </aside>
  );
}
