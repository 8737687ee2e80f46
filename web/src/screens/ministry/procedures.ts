// Which procedures make the quota of a year and move its places stands beside the law. Their states, acts and labels are the law's.
import { api, type Schemas } from '../../api/client';
import { lawScreen } from '../../api/law_screen';
import { outcome, type Outcome } from '../../api/problem';

export type CaseRow = Schemas['Cases']['cases'][number];
export type Procedure = Schemas['Procedure'];

export interface Told {
  procedure: Procedure;
  cases: CaseRow[];
}

const mostPages = 10;

/** Open and closed cases of the procedure that the ministry may see. */
async function casesOf(procedure: string): Promise<CaseRow[]> {
  const all: CaseRow[] = [];
  let after = '';
  for (let page = 0; page < mostPages; ++page) {
    const answer = await outcome(api.GET('/api/v1/cases', { params: { query: { procedure, all: '1', limit: '100', as: 'ministry', after } } }));
    if (!answer.ok) return all;
    all.push(...answer.data.cases);
    after = answer.data.next;
    if (after === '') break;
  }
  return all;
}

/** The procedures of the quota, each with its cases in their names. */
export async function loadQuotaProcedures(): Promise<Outcome<Told[]>> {
  const screen = await lawScreen('plan');
  if (!screen.ok) return screen;
  const names = screen.data.procedures;
  const told = await Promise.all(names.map(async (name): Promise<Told | undefined> => {
    const [procedure, cases] = await Promise.all([
      outcome(api.GET('/api/v1/procedures/{procedure}', { params: { path: { procedure: name } } })), casesOf(name),
    ]);
    return procedure.ok ? { procedure: procedure.data, cases } : undefined;
  }));
  return { ...screen, data: told.filter((one) => one !== undefined) };
}

/** Not in a state that ends it. */
export function isOpen(told: Told, row: CaseRow): boolean {
  return told.procedure.states.some((state) => state.state === row.state && !state.final);
}

export function stateLabel(told: Told, state: string): string {
  return told.procedure.states.find((one) => one.state === state)?.label ?? state;
}
