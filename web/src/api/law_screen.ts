// What a special screen asks of the law: the names of norms, facts and states are declared beside the law (law/kz/screens.json), never here.
import { t } from '../words/words';
import { api, type Schemas } from './client';
import { outcome, problemOf, type Outcome } from './problem';

type Declared = Schemas['LawScreen'];

let all: Promise<Outcome<Schemas['LawScreens']>> | undefined;

export class LawScreen {
  constructor(private readonly declared: Declared) {}

  /** The entity or the procedure whose facts are named. */
  get of(): string {
    return this.declared.of;
  }
  /** All roles for which the screen names a norm, in the order of the file. */
  get norms(): readonly string[] {
    return Object.keys(this.declared.norms ?? {});
  }
  /** All procedures that the screen names, in the order of the file. */
  get procedures(): readonly string[] {
    return Object.values(this.declared.procedures ?? {});
  }
  norm = (role: string): string => this.declared.norms?.[role] ?? '';
  facts = (role: string): readonly string[] => this.declared.facts?.[role] ?? [];
  fact = (role: string): string => this.facts(role)[0] ?? '';
  states = (role: string): readonly string[] => this.declared.states?.[role] ?? [];
  procedure = (role: string): string => this.declared.procedures?.[role] ?? '';
  numbers = (role: string): readonly number[] => this.declared.numbers?.[role] ?? [];
  /** What is taken for facts that nobody gave. */
  get assumes(): NonNullable<Declared['assumes']> {
    return this.declared.assumes ?? {};
  }
}

/** The declaration is read once; a law without it has no such screen, and the answer says so. */
export async function lawScreen(name: string): Promise<Outcome<LawScreen>> {
  all ??= outcome(api.GET('/api/v1/law/screens'));
  const found = await all;
  if (!found.ok) {
    all = undefined; // to be asked again
    return found;
  }
  const declared = found.data[name];
  if (declared === undefined) return { ok: false, problem: { ...problemOf(404, null), detail: t('problem.not_in_law') } };
  return { ok: true, data: new LawScreen(declared), response: found.response };
}
