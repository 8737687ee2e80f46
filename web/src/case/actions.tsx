import { Cites } from '../parts/cites';
import { formatDate, t } from '../words/words';
import { caseHref, type CaseData } from './case_data';
import { Grounds } from './foreseen';

/** What the visitor may do now; what hinders stands beside it. The forms' own action comes through the check of the answers. */
export function Actions({ data }: { data: CaseData }) {
  const actions = data.seen.actions ?? [];
  if (actions.length === 0) return null;
  return (
    <section class="section section--acts">
      <h2>{t('case.actions')}</h2>
      <ul class="actions">
        {actions.map((action) => {
          const check = data.sheet.checks.find((one) => one.own && one.action === action.action);
          return (
            <li key={action.action}>
              <a class="ds-button" data-variant="secondary" href={caseHref(data.seen.case.id, `/actions/${action.action}`)}>{action.label}</a>
              <div>
                {check?.help && <p>{check.help}</p>}
                {check && check.to !== data.seen.state_label && <p class="quiet">{t('act.then', { state: check.to })}</p>}
                {action.hindrance && <p class="quiet">{action.hindrance}{action.possible_from && <b> {t('act.from', { date: formatDate(action.possible_from) })}</b>}</p>}
                {action.refusal === 'not_lawful' && <Grounds found={check?.requirements.flatMap((one) => one.found ?? []) ?? []} />}
                {check && check.by.length > 0 && <p class="small"><Cites by={check.by} /></p>}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
