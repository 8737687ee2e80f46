// The day of a demonstration is moved by whoever tries it: what that does is said before, and what it did after. Nobody waits for fifteen days.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { api } from '../../api/client';
import { outcome, type Problem } from '../../api/problem';
import { dayMs } from '../../parts/deadline';
import { ProblemBox } from '../../parts/loaded';
import { formatDate } from '../../words/words';
import { speaker } from '../own_words';

const daysMax = 400; // as the server has it

const en = {
  until: "Until",
  set: "Go on",
  warning: "The day moves for everybody who tries this office, and cannot be turned back. What falls due on the way is acted on.",
  moved: "The day has moved from {from} to {to}, for everybody who tries this office. Terms that ended on the way have been acted on: look at your cases anew.",
};
const ru: typeof en = {
  until: "До",
  set: "Перевести",
  warning: "День сменится для всех, кто пробует это ведомство, и назад его не вернуть. Сроки, которые за это время истекут, сработают.",
  moved: "День сменился с {from} на {to} для всех, кто пробует это ведомство. Сроки, истёкшие за это время, сработали: посмотрите свои дела заново.",
};
const kk: typeof en = {
  until: "Дейін",
  set: "Жылжыту",
  warning: "Күн осы мекемені байқап көріп жүргендердің бәріне жылжиды, оны кері қайтаруға болмайды. Осы аралықта біткен мерзімдер күшіне енеді.",
  moved: "Күн осы мекемені байқап көріп жүргендердің бәріне жылжыды: {from} → {to}. Осы аралықта біткен мерзімдер күшіне енді: істеріңізді қайта қараңыз.",
};
const say = speaker<keyof typeof en>({ en, ru, kk });

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

function Form({ today }: { today: string }) {
  const [until, setUntil] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  async function goOn(event: Event) {
    event.preventDefault();
    const done = await outcome(api.POST('/api/v1/office/day', { body: { until } }));
    if (!done.ok) return setProblem(done.problem);
    history.replaceState({ dayMovedFrom: today }, ''); // still there when the page has come anew: frame/trial_day reads it
    location.reload();
  }
  return (
    <>
      <form class="frame__go-on" aria-describedby="go-on-warning" onSubmit={(event) => void goOn(event)}>
        <p id="go-on-warning">{say('warning')}</p>
        <label>
          {say('until')}{' '}
          <input
            class="ds-input" type="date" required min={dayAfter(today, 1)} max={dayAfter(today, daysMax)} aria-describedby="go-on-warning"
            value={until} onInput={(event) => setUntil(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="ds-button" data-variant="secondary" data-size="sm">{say('set')}</button>
      </form>
      {problem && <ProblemBox problem={problem} />}
    </>
  );
}

/** Until another page is opened. */
function Moved({ from, today }: { from: string; today: string }) {
  const { path } = useLocation();
  const [at] = useState(path);
  const told = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    history.replaceState(null, '');
    told.current?.focus();
  }, []);
  return at === path ? <p class="frame__moved" role="status" tabIndex={-1} ref={told}>{say('moved', { from: formatDate(from), to: formatDate(today) })}</p> : null;
}

export default function GoOn({ today, from }: { today: string; from?: string | undefined }) {
  return from === undefined ? <Form today={today} /> : <Moved from={from} today={today} />;
}
