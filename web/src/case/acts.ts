// Which of the acts is the one that leads on, which ends the case, and what comes of each: for their weight on the page, and for the sentence
// that says what comes next.
import { kindOfRole, type CaseData } from './case_data';

type Act = NonNullable<CaseData['seen']['actions']>[number];
type Known = Pick<CaseData, 'seen' | 'procedure'>;
export type Weight = 'main' | 'other' | 'ending';

const stateOf = ({ procedure }: Known, name: string | undefined) => procedure.states.find((one) => one.state === name);
const declared = (data: Known, name: string) => stateOf(data, data.seen.case.state)?.actions.find((one) => one.action === name);

/** A way out: a final state to which several states lead. One that only this state leads to is a result. */
function isWayOut({ procedure }: Known, to: string): boolean {
  const state = procedure.states.find((one) => one.state === to);
  return state?.final === true && procedure.states.filter((one) => one.actions.some((act) => act.to === to)).length > 1;
}

function isOnTheWay({ procedure }: Known, label: string): boolean {
  return procedure.way.some((step) => step.what === label);
}

/** Main is what stands on the straight way of the procedure, or what the forms are filled in for. */
export function weightOf(data: CaseData, { action, label }: Pick<Act, 'action' | 'label'>): Weight {
  const known = declared(data, action);
  if (isOnTheWay(data, label) || known?.fills) return 'main';
  if (known && isWayOut(data, known.to)) return 'ending';
  return kindOfRole(data) === 'other' ? 'main' : 'other'; // whoever is no party and no office is here for that act only
}

/** Main acts first, those that end the case last; else in the order of the law. */
export function inOrder(data: CaseData): { act: Act; weight: Weight }[] {
  const place = { main: 0, other: 1, ending: 2 };
  const all = (data.seen.actions ?? []).map((act) => ({ act, weight: weightOf(data, act) }));
  return all.sort((a, b) => place[a.weight] - place[b.weight]);
}

/** The main act of whoever reads: one that is possible before one that is not yet. */
export function mainAct(data: CaseData): Act | undefined {
  const mains = inOrder(data).filter((one) => one.weight === 'main').map((one) => one.act);
  return mains.find((one) => one.possible) ?? mains[0];
}

/** Who has the case after the act, as the procedure calls them: offices, and others who must act. Nobody where the law names nobody. */
export function turnAfter(data: Known, action: string): string[] {
  const acts = stateOf(data, declared(data, action)?.to)?.actions ?? [];
  const roles = data.procedure.roles.filter((role) => role.kind === 'office' || role.kind === 'other');
  return roles.filter((role) => acts.some((one) => one.roles.includes(role.role))).map((role) => role.label);
}

/** What the straight way still costs from this act on, each charge once; nothing for an act that leaves the way. */
export function costsAfter(data: CaseData, action: string): CaseData['sheet']['checks'][number]['charges'] {
  const { sheet, seen } = data;
  const own = sheet.checks.filter((check) => check.own && check.action === action).flatMap((check) => check.charges);
  const main = (seen.actions ?? []).find((one) => one.action === action);
  const way = main && weightOf(data, main) === 'main' ? sheet.checks.filter((check) => isOnTheWay(data, check.label)).flatMap((check) => check.charges) : [];
  const known = [...own, ...way].filter((one) => one.state === 'known' && !sheet.charges.some((charge) => charge.label === one.label));
  return known.filter((one, index) => known.findIndex((other) => other.label === one.label) === index);
}
