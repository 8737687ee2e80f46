// What is known of one case: what may be done in it (seen), in words (sheet), and what its procedure may ask (fields).
import { api, type Schemas } from '../api/client';
import { outcome, type Outcome } from '../api/problem';
import { useData, type Data } from '../api/data';
import { t } from '../words/words';

export type Seen = Schemas['Seen'];
export type Sheet = Schemas['Sheet'];
export type ActionCheck = Schemas['ActionCheck'];

export interface CaseData {
  seen: Seen;
  sheet: Sheet;
  fields: Schemas['Fields'];
  procedure: Schemas['Procedure'];
}

/** The day whose law is applied. */
export function dayOf(seen: Seen, sheet: Sheet): string {
  return seen.case.filed ?? sheet.today;
}

/** What is to be done, step by step, by where each is done: the forms that apply, the documents where some are wanted, and the check. */
export function stepsOf({ forms = [], documents = [] }: Pick<Seen, 'forms' | 'documents'>): string[] {
  return [...forms.map((one) => `/forms/${one.form}`), ...(documents.length > 0 ? ['/documents'] : []), '/check'];
}

/** Counted as the list of tasks counts. How many there are is not said: an answer may bring further forms. */
export function stepOf(seen: Pick<Seen, 'forms' | 'documents'>, below: string): { n: number; after: number } {
  const steps = stepsOf(seen);
  const n = steps.indexOf(below) + 1;
  return { n, after: steps.length - n };
}

export function stepText(seen: Pick<Seen, 'forms' | 'documents'>, below: string): string {
  const step = stepOf(seen, below);
  return t(step.after === 0 ? 'form.step_last' : 'form.step', step);
}

/** What the last step is called: where the case is filed already nothing is submitted there. */
export function checkLabel(seen: Seen): string {
  return t(seen.case.filed ? 'check.title' : 'case.check');
}

export async function loadCase(id: string): Promise<Outcome<CaseData>> {
  const path = { case: id };
  const [seen, sheet] = await Promise.all([
    outcome(api.GET('/api/v1/cases/{case}', { params: { path } })),
    outcome(api.GET('/api/v1/cases/{case}/sheet', { params: { path } })),
  ]);
  if (!seen.ok) return seen;
  if (!sheet.ok) return sheet;
  const by = { procedure: seen.data.case.procedure };
  const [fields, procedure] = await Promise.all([
    outcome(api.GET('/api/v1/procedures/{procedure}/fields', { params: { path: by, query: { on: dayOf(seen.data, sheet.data) } } })),
    outcome(api.GET('/api/v1/procedures/{procedure}', { params: { path: by } })),
  ]);
  if (!fields.ok) return fields;
  if (!procedure.ok) return procedure;
  return { ok: true, response: seen.response, data: { seen: seen.data, sheet: sheet.data, fields: fields.data, procedure: procedure.data } };
}

export function useCase(id: string): Data<CaseData> {
  return useData(() => loadCase(id), [id]);
}

/** How the visitor stands to the case: a party fills in, an office decides. */
export function kindOfRole({ seen, procedure }: CaseData): string {
  return procedure.roles.find((role) => role.role === seen.role)?.kind ?? 'other';
}

export function openCharges(sheet: Sheet): Sheet['charges'] {
  return sheet.charges.filter((charge) => !charge.paid && charge.state !== '');
}

/** Only while an office must act does a case stand in a queue. */
export function queueOf({ due, queue }: Sheet): Sheet['queue'] {
  return due && !due.then ? queue : undefined;
}

export function caseHref(id: string, below = ''): string {
  return `/app/cases/${encodeURIComponent(id)}${below}`;
}

/** The journal's number of what was just done, by which the receipt is to be had. */
export function sequenceOf(response: Response): string {
  return response.headers.get('Koshi-Receipt') ?? '';
}

export function isComplete({ seen }: CaseData): boolean {
  return seen.forms?.every((form) => form.missing.length === 0) === true && seen.documents?.every((one) => one.attached) !== false;
}
