// How great each need was at the beginning and is now: a fact NAME_before with its NAME_after. A yes means no need; of levels the last one in
// the law's order means none.
import type { Schemas } from '../../api/client';
import type { Need } from '../../pictures/needs';
import { factOf, type Known } from './list';

export const greatest = 4;

type Fields = Schemas['Fields'];

function degree(value: unknown, choices: readonly { code: string }[] | undefined): number | undefined {
  if (typeof value === 'boolean') return value ? 0 : greatest;
  if (typeof value !== 'string' || !choices || choices.length < 2) return undefined;
  const at = choices.findIndex((one) => one.code === value);
  return at < 0 ? undefined : Math.round((greatest * (choices.length - 1 - at)) / (choices.length - 1));
}

/** Levels from the least to the greatest: where the law lists "none" last, it is the least. */
export function inOrder(choices: readonly { code: string; label: string }[]): readonly { code: string; label: string }[] {
  const none = choices.filter((one) => one.code.startsWith('no_'));
  return [...none, ...choices.filter((one) => !one.code.startsWith('no_'))];
}

export function needsOf(known: Known, sheet: Schemas['Sheet'], fields: Fields): Need[] {
  const needs: Need[] = [];
  for (const path of Object.keys(known).filter((one) => one.endsWith('_before'))) {
    const field = fields.fields.find((one) => one.fact === path);
    const choices = field?.choices ? inOrder(fields.choices[field.choices] ?? []) : undefined;
    const before = degree(known[path], choices);
    if (before === undefined) continue;
    const after = degree(known[path.replace(/_before$/, '_after')], choices);
    needs.push({ label: factOf(sheet, path)?.label ?? path, before, ...(after === undefined ? {} : { after }) });
  }
  return needs;
}
