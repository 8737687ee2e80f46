import { Cites } from '../parts/cites';
import { formatDate, t } from '../words/words';
import { inOrder, nameOf, type Weight } from './acts';
import { caseHref, type CaseData } from './case_data';
import { Grounds } from './foreseen';

/** What leads on stands out where it is possible; what ends the case is plain. */
function variantOf(weight: Weight, possible: boolean): 'primary' | 'secondary' | 'tertiary' {
  if (weight === 'ending') return 'tertiary';
  return weight === 'main' && possible ? 'primary' : 'secondary';
}

/** What the visitor may do now; what hinders stands beside it. The forms' own action comes through the check of the answers. */
export function Actions({ data }: { data: CaseData }) {
  const actions = inOrder(data);
  if (actions.length === 0) return null;
  return (
    <section class="section section--acts">
      <h2>{t('case.actions')}</h2>
      <ul class="actions">
        {actions.map(({ act: action, weight }) => {
          const check = data.sheet.checks.find((one) => one.own && one.action === action.action);
          return (
            <li key={action.action}>
              <a class="ds-button" data-variant={variantOf(weight, action.possible)} href={caseHref(data.seen.case.id, `/actions/${action.action}`)}>{nameOf(data, action)}</a>
              <div>
                {check?.help && <p>{check.help}</p>}
                {check && check.to !== data.seen.state_label && <p class="quiet">{t('act.then', { state: check.to })}</p>}
                {action.hindrance && (
                  <p class="actions__against">
                    {t('act.not_yet')} {action.hindrance}
                    {action.possible_from && <b> {t('act.from', { date: formatDate(action.possible_from) })}</b>}
                  </p>
                )}
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
