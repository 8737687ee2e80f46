// What comes of an act, said before it is done: the state, who has the case then, and what it costs.
import { Cites } from '../parts/cites';
import { t } from '../words/words';
import { costsAfter, mainAct, turnAfter } from './acts';
import { isComplete, type ActionCheck, type CaseData } from './case_data';
import { afterColon, missingOf, quoted, sentencesOf } from './next';

export function turnText(data: CaseData, action: string): string {
  const { yours, who } = turnAfter(data, action);
  if (yours.length > 0) {
    const said = t('act.yours', { what: [...new Set(yours.map((one) => one.label))].map(quoted).join(', ') });
    return [said, ...yours.map((one) => one.help ?? '')].filter((text) => text !== '').join(' ');
  }
  const owes = data.sheet.checks.some((check) => check.own && check.action === action && check.charges.some((one) => one.state === 'known'));
  const payer = data.procedure.roles.find((role) => role.kind === 'party')?.label ?? '';
  const pays = owes ? `${t('act.pays', { who: payer })} ` : '';
  return who.length === 0 ? pays : pays + t('act.turn', { who: who.join(', ') });
}

/** On the page of the act. */
export function After({ data, check }: { data: CaseData; check: ActionCheck }) {
  const costs = costsAfter(data, check.action);
  return (
    <>
      <p class="then">{t('act.then', { state: check.to })} {turnText(data, check.action)} <Cites by={check.by} /></p>
      {costs.map((one) => <p key={one.label} class="act-cost">{t('act.costs')} {one.label} – <b>{one.amount}</b> <Cites by={one.by ?? []} /></p>)}
    </>
  );
}

/** On the check of the answers: which act to press, and whose turn it is then; or what still stands against it. */
function nextOnCheck(data: CaseData): string {
  const main = mainAct(data);
  if (main === undefined || data.seen.case.filed) return sentencesOf(data).join(' ');
  if (!main.possible) return isComplete(data) ? sentencesOf(data, t('check.blocked', { what: quoted(main.label) })).join(' ') : missingOf(data).join(' ');
  return `${t('check.press', { what: quoted(main.label) })} ${turnText(data, main.action)}`;
}

export function NextOnCheck({ data }: { data: CaseData }) {
  return <p class="then"><b>{t('case.next')}</b> {afterColon(nextOnCheck(data))}</p>;
}
