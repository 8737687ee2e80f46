// What comes of an act, said before it is done: the state, who has the case then, and what it costs.
import { Cites } from '../parts/cites';
import { formatDate, t } from '../words/words';
import { costsAfter, leadsToRest, mainAct, turnAfter, wayFrom } from './acts';
import { isComplete, type ActionCheck, type CaseData } from './case_data';
import { afterColon, missingOf, onward, payerOf, placed, quoted, sentencesOf } from './next';

/** Whose turn it is then. */
function turnThen(data: CaseData, action: string): string[] {
  const { yours, who } = turnAfter(data, action);
  if (yours.length > 0) return [t('act.yours', { what: [...new Set(yours.map((one) => one.label))].map(quoted).join(', ') }), ...yours.map((one) => one.help ?? '')];
  const owes = data.sheet.checks.some((check) => check.own && check.action === action && check.charges.some((one) => one.state === 'known'));
  const turn = who.length > 0 ? [t('act.turn', { who: who.map((one) => placed(data, one)).join(', ') })] : [];
  return owes ? [t('act.pays', { who: payerOf(data) }), ...turn] : turn;
}

/** Until when, if it were done today. */
function untilThen(data: CaseData, { action, due_then: due }: ActionCheck): string[] {
  if (!due) return [];
  const date = formatDate(due.last_day);
  if (leadsToRest(data, action)) return [t('case.next_holds', { date })];
  return [due.then ? t('act.until_else', { date, action: due.then }) : t('act.until', { date })];
}

export function turnText(data: CaseData, action: string): string {
  const check = data.sheet.checks.find((one) => one.own && one.action === action);
  const said = turnThen(data, action);
  if (!check) return said.join(' ');
  const leads = check.leads_to.map(({ label }) => quoted(label)).join(', ');
  const on = onward(data, wayFrom(data, [check.label]), 2);
  return [...said, ...untilThen(data, check), ...on, ...(leads ? [t('act.leads', { what: leads })] : [])].filter((text) => text !== '').join(' ');
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
