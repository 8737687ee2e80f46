// What waits for the ministry: cases that move places, each with the acts that the law allows in its state.
import { useData } from '../../api/data';
import { Loaded } from '../../parts/loaded';
import { formatDate, t } from '../../words/words';
import { isOpen, loadQuotaProcedures, stateLabel, type Told } from './procedures';

interface Waiting {
  told: Told;
  row: Told['cases'][number];
  acts: { action: string; label: string }[];
}

function waitingOf(all: readonly Told[]): Waiting[] {
  return all.flatMap((told) =>
    told.cases.filter((row) => isOpen(told, row)).map((row) => {
      const state = told.procedure.states.find((one) => one.state === row.state);
      return { told, row, acts: (state?.actions ?? []).filter((action) => action.roles.includes('ministry')) };
    })).filter((one) => one.acts.length > 0);
}

export function Moves() {
  const found = useData(loadQuotaProcedures, []);
  return (
    <section class="section">
      <h2>{t('ledger.moves')}</h2>
      <p>{t('ledger.moves_text')}</p>
      <Loaded of={found}>
        {(all) => {
          const waiting = waitingOf(all);
          if (waiting.length === 0) return <p class="quiet">{t('ledger.no_moves')}</p>;
          return (
            <ul class="norms">
              {waiting.map(({ told, row, acts }) => (
                <li key={row.id}>
                  <div>
                    <a href={`/app/cases/${row.id}`}>{told.procedure.label}: {row.title || row.id}</a>
                    <span class="acts">
                      {acts.map((act) => <a key={act.action} href={`/app/cases/${row.id}/actions/${act.action}`}>{act.label}</a>)}
                    </span>
                  </div>
                  <span>{stateLabel(told, row.state)}{row.due ? `, ${t('plan.due', { date: formatDate(row.due) })}` : ''}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </section>
  );
}
