// The straight way of a procedure for whoever has not begun it: who does what, how long it takes by the law of today, and who pays in between.
import type { Schemas } from '../api/client';
import { formatDate } from '../words/words';
import { termOf } from './term';
import { toldOfWay } from './way_words';

type Procedure = Schemas['Procedure'];
type Step = Procedure['way'][number];

/** From what day on, if all is done on the first day possible; or within what time. */
function daysOf(step: Step): string {
  return step.from ? toldOfWay('from', { date: formatDate(step.from) }) : termOf(step);
}

const Days = ({ said }: { said: string }) => (said === '' ? null : <span class="quiet"> ({said})</span>);

export function WaySteps({ procedure }: { procedure: Procedure }) {
  const payer = procedure.roles.find((role) => role.kind === 'party')?.label ?? '';
  return (
    <ol>
      {procedure.way.flatMap((step, at) => {
        const next = procedure.way[at + 1];
        return [
          <li key={step.what}><b>{step.who}</b>: {step.what}<Days said={daysOf(step)} /></li>,
          ...step.charges.map((charge) => <li key={charge}><b>{payer}</b>: {toldOfWay('pays', { what: charge })}<Days said={next ? termOf(next) : ''} /></li>),
        ];
      })}
    </ol>
  );
}
