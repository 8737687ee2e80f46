// Since when a permit is in force, as far as its case tells: the declared staff counts who worked there until it was declared.
import type { Schemas } from '../../api/client';
import { daysBetween } from '../../parts/deadline';
import type { Row } from './my_cases';

/** A permit that was applied for longer before is taken to have been in force, and counted, when the staff was declared. */
const waitDays = 90;

/** Whether the permit of another case may have come into force since: of the same kind, applied for not long before, and not late with an office. */
export function hasNewWorkers(row: Pick<Row, 'procedure' | 'filed' | 'late'>, procedure: string, on: string): boolean {
  return row.procedure === procedure && row.filed !== undefined && !row.late && daysBetween(row.filed, on) <= waitDays;
}

/** The day on which the permit was first issued; an extension or a successor brings the same paper again. `until`: the fact that a permit in
 * force has. */
export function inForceSince({ facts, papers }: Pick<Schemas['Case'], 'facts' | 'papers'>, until: string): string | undefined {
  const valid = facts.find((fact) => fact.path === until);
  if (valid === undefined) return undefined;
  const name = papers.filter((paper) => paper.on === valid.on).at(-1)?.name;
  return papers.find((paper) => paper.name === name)?.on ?? valid.on;
}
