import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { api } from '../api/client';
import { outcome, type Problem } from '../api/problem';
import { forgetDraft } from '../form/draft';
import { ErrorSummary, type FormError } from '../form/error_summary';
import { FormFields } from '../form/form_fields';
import { valuesOf } from '../form/values';
import { Page } from '../frame/page';
import { later } from '../parts/later';
import { Loaded, ProblemBox } from '../parts/loaded';
import { t } from '../words/words';
import { nameOf } from './acts';
import { After } from './after';
import { caseHref, kindOfRole, sequenceOf, useCase, type ActionCheck, type CaseData } from './case_data';
import { Fixed } from './fixed';
import { useFilling } from './filling';
import { Refused } from './refused';
import { Requirements } from './requirements';
import { differencesOf, Stale } from './stale';

const ToPay = later(() => import('./to_pay'));

/** What the act does to the quota: before, and after. */
export function Reserves({ check }: { check: ActionCheck }) {
  const known = check.reserves.filter((one) => one.amount !== undefined && one.label !== undefined);
  if (known.length === 0) return null;
  return (
    <ul class="plain-list">
      {known.map((one) => (
        <li key={one.account}>{t('act.reserve', { n: one.amount ?? 0, before: one.free, after: one.free - (one.amount ?? 0) })} · {one.label}</li>
      ))}
    </ul>
  );
}

interface ActProps {
  data: CaseData;
  action: string;
  cancel: string;
}

/** What the act does and takes, what it asks, and the button; a refusal stands above the button with its reasons, and takes the focus. */
export function ActForm({ data: first, action: name, cancel }: ActProps) {
  const { route } = useLocation();
  const action = first.seen.actions?.find((one) => one.action === name);
  const check = first.sheet.checks.find((one) => one.own && one.action === name);
  const place = `case.${first.seen.case.id}.act.${name}`;
  const filling = useFilling(place, first, action?.asks ?? []);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const errors = new Map(filling.errors.map((error: FormError) => [error.path, error.message]));
  const id = first.seen.case.id;
  if (!action) return <p>{t('act.gone')} <a href={cancel}>{t('form.to_list')}</a></p>;

  async function act() {
    const said = filling.said();
    if (said === null) return;
    setBusy(true);
    setProblem(null);
    const body = { version: filling.data.seen.case.version, facts: said.facts as Record<string, never> };
    const done = await outcome(api.POST('/api/v1/cases/{case}/actions/{action}', { params: { path: { case: id, action: name } }, body }));
    setBusy(false);
    if (done.ok) {
      await forgetDraft(place);
      return route(caseHref(id, `/done/${sequenceOf(done.response)}`), true);
    }
    filling.refuse(done.problem);
    if (done.problem.refusal !== 'stale') setProblem(done.problem);
  }
  const inForm = (error: FormError) => filling.asked.some((one) => ('field' in one ? one.field.fact === error.path : error.path.startsWith(one.list)));
  return (
    <form noValidate onSubmit={(event) => {
      event.preventDefault();
      void act();
    }}>
      <ErrorSummary errors={filling.errors.filter(inForm)} turn={filling.turn} />
      {filling.conflict && (
        <Stale differences={differencesOf(filling.asked, filling.values, valuesOf(filling.conflict.seen.case.facts))} choices={first.fields.choices}
          keepMine={() => filling.settle(true)} takeTheirs={() => filling.settle(false)} />
      )}
      {filling.restored && <p class="notice">{t('form.restored')} <button type="button" class="plain" onClick={filling.discard}>{t('form.discard')}</button></p>}
      <FormFields asked={filling.asked} choices={first.fields.choices} values={filling.values} errors={errors} change={filling.change} />
      {check && <Requirements check={check} />}
      {check && <Reserves check={check} />}
      {check && <After data={first} check={check} />}
      <Fixed data={first} action={name} />
      {problem && filling.errors.filter(inForm).length === 0 && <Refused problem={problem} data={first} />}
      <div class="buttons">
        <button type="submit" class="ds-button" disabled={busy}>{nameOf(first, action)}</button>
        <a class="ds-button" data-variant="tertiary" href={cancel}>{t('act.cancel')}</a>
        <span class="quiet small" role="status">{filling.draft === 'none' ? '' : t(`form.draft_${filling.draft}`)}</span>
      </div>
    </form>
  );
}

export default function Act({ case: id = '', action = '' }: { case?: string; action?: string }) {
  const data = useCase(id);
  return (
    <Loaded of={data}>
      {(found) => {
        const check = found.sheet.checks.find((one) => one.own && one.action === action);
        const label = found.seen.actions?.find((one) => one.action === action)?.label ?? action;
        return (
          <Page title={label} lead={check?.help} over={<a href={caseHref(id)}>{found.seen.label}</a>}>
            {data.problem && <ProblemBox problem={data.problem} />}
            {kindOfRole(found) === 'other' && <ToPay data={found} />}
            <ActForm data={found} action={action} cancel={caseHref(id)} />
          </Page>
        );
      }}
    </Loaded>
  );
}
