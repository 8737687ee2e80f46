import { t } from '../words/words';
import type { CaseData } from './case_data';

/** What is filed and cannot be mended where the act leads; with the act that is left, if there is one. Null where it can be mended. */
export function fixedBy({ seen, procedure }: Pick<CaseData, 'seen' | 'procedure'>, name: string): { wayOut?: string } | null {
  const stateOf = (state: string | undefined) => procedure.states.find((one) => one.state === state);
  const act = stateOf(seen.case.state)?.actions.find((one) => one.action === name);
  if (!act?.files || !act.fills) return null;
  const mine = stateOf(act.to)?.actions.filter((one) => one.roles.includes(seen.role)) ?? [];
  if (mine.some((one) => one.fills)) return null;
  return { wayOut: mine.find((one) => stateOf(one.to)?.final)?.label };
}

export function Fixed({ data, action }: { data: CaseData; action: string }) {
  const fixed = fixedBy(data, action);
  if (fixed === null) return null;
  return <p class="notice">{t('act.fixed')}{fixed.wayOut && <> {t('act.fixed_way_out', { action: fixed.wayOut })}</>}</p>;
}
