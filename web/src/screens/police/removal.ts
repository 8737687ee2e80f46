// Which acts remove somebody from the country, or lead to it. Before any of them the law is asked whether the person must be referred for
// help first.
export interface Removal {
  /** The way from the case to the person: facts begin with it. */
  person: string;
  actions: readonly string[];
}

const removals: Readonly<Record<string, Removal>> = {
  offence: { person: 'accused.', actions: ['refer', 'expel', 'uphold_expulsion', 'name_payers', 'carry_out'] },
};

export function removalOf(procedure: string, action: string): Removal | undefined {
  const removal = removals[procedure];
  return removal?.actions.includes(action) ? removal : undefined;
}
