// Whose turn it is in a state, as its procedure tells it; and what is owed in a case.
import type { Schemas } from '../../api/client';

type Procedure = Pick<Schemas['Procedure'], 'roles' | 'states' | 'way'>;

export interface Whose {
  who: 'yours' | 'office' | 'others' | 'nobody';
  /** The act that leads on, where it is yours. */
  act?: string;
  /** Whether the clock ends the state: what is not done until then is lost. */
  loses: boolean;
}

/** Who must lead on in a state of a case: whoever has the next act of the straight way, or fills in; else an office; else whoever is left. */
export function whoseIn({ roles, states, way }: Procedure, name: string, role: string): Whose {
  const state = states.find((one) => one.state === name);
  const kinds = (act: { roles: readonly string[] }) => roles.filter((one) => act.roles.includes(one.role)).map((one) => one.kind);
  const loses = state?.actions.some((act) => kinds(act).includes('clock')) === true;
  if (!state || state.final || state.rests) return { who: 'nobody', loses };
  const on = state.actions.filter((act) => act.to !== name && !kinds(act).includes('clock'));
  const mine = on.filter((act) => act.roles.includes(role));
  const leads = mine.find((act) => act.fills || way.some((step) => step.what === act.label));
  if (leads) return { who: 'yours', act: leads.label, loses };
  const theirs = on.filter((act) => !mine.includes(act)).flatMap(kinds);
  if (theirs.includes('office')) return { who: 'office', loses };
  if (theirs.length > 0) return { who: 'others', loses };
  // Nobody else can lead on. Where the clock does, it is no duty.
  return mine[0] && !loses ? { who: 'yours', act: mine[0].label, loses } : { who: 'nobody', loses };
}

export interface Charge {
  tiyn: number;
  to: string;
  paid?: string | null;
}

/** What is open to be paid by the party, in tenge. */
export function owed(charges: readonly Charge[], role: string): number {
  return charges.filter((one) => !one.paid && one.to !== role).reduce((sum, one) => sum + one.tiyn, 0) / 100;
}
