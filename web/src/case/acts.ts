// Which of the acts is the one that leads on, which ends the case, and what comes of each: for their weight on the page, and for the sentence
// that says what comes next.
import { t } from '../words/words';
import { kindOfRole, type CaseData } from './case_data';

type Act = NonNullable<CaseData['seen']['actions']>[number];
type Declared = CaseData['procedure']['states'][number]['actions'][number];
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

const ofNoMember = (path: string) => path.replace(/\[\d+\]/g, '');

/** Done in this state before: it leads back to where the case stands, and all that it asks has been said. */
export function isAgain(data: Known, { action, asks }: Pick<Act, 'action' | 'asks'>): boolean {
  const { state, facts } = data.seen.case;
  return asks.length > 0 && declared(data, action)?.to === state && asks.every((asked) => facts.some((fact) => ofNoMember(fact.path) === ofNoMember(asked)));
}

/** What the act is called: one that was done before says that it is done once more. */
export function nameOf(data: Known, act: Pick<Act, 'action' | 'asks' | 'label'>): string {
  return isAgain(data, act) ? t('act.again', { what: act.label }) : act.label;
}

/** Main acts first, then what has not been done yet, those that end the case last; else in the order of the law. */
export function inOrder(data: CaseData): { act: Act; weight: Weight }[] {
  const place = { main: 0, other: 1, ending: 3 };
  const all = (data.seen.actions ?? []).map((act) => {
    const isRepeated = isAgain(data, act);
    const weight: Weight = isRepeated ? 'other' : weightOf(data, act);
    return { act, weight, at: isRepeated ? 2 : place[weight] };
  });
  return all.sort((a, b) => a.at - b.at).map(({ act, weight }) => ({ act, weight }));
}

/** The main act of whoever reads: one that is possible before one that is not yet. */
export function mainAct(data: CaseData): Act | undefined {
  const mains = inOrder(data).filter((one) => one.weight === 'main').map((one) => one.act);
  return mains.find((one) => one.possible) ?? mains[0];
}

export interface Turn {
  /** Acts of the reader's own. */
  yours: Declared[];
  /** Others, as the procedure calls them. */
  who: string[];
}

function turnOf({ seen, procedure }: Known, acts: readonly Declared[]): Turn {
  const yours = acts.filter((one) => one.roles.includes(seen.role));
  if (yours.length > 0) return { yours, who: [] };
  const roles = procedure.roles.filter((role) => role.kind !== 'clock' && acts.some((one) => one.roles.includes(role.role)));
  return { yours, who: roles.map((role) => role.label) };
}

/**
 * Whose turn it is in a state. Where the straight way goes on, or forms are to be filled in, it is the turn of whoever does that; what somebody else
 * may do besides is nobody's turn. Where a case rests nothing must be done. Off the way it is the turn of an office that can lead on.
 */
export function turnIn(data: Known, name: string | undefined): Turn {
  const { roles } = data.procedure;
  const by = (one: Declared, kinds: readonly string[]) => roles.some((role) => kinds.includes(role.kind) && one.roles.includes(role.role));
  const acts = (stateOf(data, name)?.actions ?? []).filter((one) => by(one, ['party', 'office', 'other']));
  const on = acts.filter((one) => one.to !== name);
  const main = on.filter((one) => isOnTheWay(data, one.label) || one.fills);
  if (main.length > 0) return turnOf(data, main);
  if (stateOf(data, name)?.rests) return { yours: [], who: [] };
  const ofOffices = (some: readonly Declared[]) => some.filter((one) => by(one, ['office', 'other']));
  const theirs = ofOffices(on);
  return turnOf(data, theirs.length > 0 ? theirs : on.length > 0 ? on : ofOffices(acts));
}

/** What is recorded in a state may lead to each of its decisions, not only to the one on the straight way. */
export function turnAfter(data: Known, action: string): Turn {
  const to = declared(data, action)?.to;
  const turn = turnIn(data, to);
  if (turn.yours.length === 0 || to !== data.seen.case.state) return turn;
  return turnOf(data, (stateOf(data, to)?.actions ?? []).filter((one) => one.to !== to && one.roles.includes(data.seen.role)));
}

type Step = CaseData['procedure']['way'][number];

/** The straight way from the first of these acts that is on it; nothing where none is. */
export function wayFrom({ procedure }: Known, labels: readonly string[]): Step[] {
  const at = procedure.way.findIndex((step) => labels.includes(step.what));
  return at < 0 ? [] : procedure.way.slice(at);
}

export function wayFromState(data: Known, name: string | undefined): Step[] {
  return wayFrom(data, (stateOf(data, name)?.actions ?? []).map((one) => one.label));
}

/** Whether an act leads where nobody must act any more. */
export const leadsToRest = (data: Known, action: string): boolean => stateOf(data, declared(data, action)?.to)?.rests === true;

/** What the straight way still costs from this act on, each charge once; nothing for an act that leaves the way. */
export function costsAfter(data: CaseData, action: string): CaseData['sheet']['checks'][number]['charges'] {
  const { sheet, seen } = data;
  const own = sheet.checks.filter((check) => check.own && check.action === action).flatMap((check) => check.charges);
  const main = (seen.actions ?? []).find((one) => one.action === action);
  const way = main && weightOf(data, main) === 'main' ? sheet.checks.filter((check) => isOnTheWay(data, check.label)).flatMap((check) => check.charges) : [];
  const known = [...own, ...way].filter((one) => one.state === 'known' && !sheet.charges.some((charge) => charge.label === one.label));
  return known.filter((one, index) => known.findIndex((other) => other.label === one.label) === index);
}
