import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { api } from '../api/client';
import { useData } from '../api/data';
import { outcome, type Outcome } from '../api/problem';
import { forgetDraft } from '../form/draft';
import { ErrorSummary } from '../form/error_summary';
import { FormFields } from '../form/form_fields';
import { valuesOf } from '../form/values';
import { Page } from '../frame/page';
import { Loaded } from '../parts/loaded';
import { t } from '../words/words';
import { caseHref, checkLabel, loadCase, stepText, type CaseData } from './case_data';
import { useFilling, useTrial } from './filling';
import { ComesTo } from './comes_to';
import { differencesOf, Stale } from './stale';

/** The step behind this one: the next form that misses something, else the documents, else the check. */
function nextOf(data: CaseData, form: string): string {
  const forms = data.seen.forms ?? [];
  const at = forms.findIndex((one) => one.form === form);
  const next = forms.slice(at + 1).find((one) => one.missing.length > 0) ?? forms.find((one) => one.missing.length > 0 && one.form !== form);
  const id = data.seen.case.id;
  if (next) return caseHref(id, `/forms/${next.form}`);
  return caseHref(id, data.seen.documents?.some((one) => !one.attached) ? '/documents' : '/check');
}

/** What that step is called. */
function labelOf(data: CaseData, href: string): string {
  const form = data.seen.forms?.find((one) => href.endsWith(`/forms/${one.form}`));
  return form?.label ?? (href.endsWith('/documents') ? t('case.documents') : checkLabel(data.seen));
}

function Step({ data: first, form: name }: { data: CaseData; form: string }) {
  const { route } = useLocation();
  const form = first.seen.forms?.find((one) => one.form === name);
  const place = `case.${first.seen.case.id}.form.${name}`;
  const filling = useFilling(place, first, form?.asks ?? []);
  const tried = useTrial(filling, first.seen.may_fill === true);
  const [busy, setBusy] = useState(false);
  const errors = new Map(filling.errors.map((error) => [error.path, error.message]));
  const id = first.seen.case.id;

  async function send(then: 'next' | 'list') {
    const said = filling.said();
    if (said === null) return;
    setBusy(true);
    const body = { version: filling.data.seen.case.version, facts: said.facts as Record<string, never>, remove: said.remove };
    const done = await outcome(api.POST('/api/v1/cases/{case}/facts', { params: { path: { case: id } }, body }));
    setBusy(false);
    if (!done.ok) return filling.refuse(done.problem);
    await forgetDraft(place);
    route(then === 'list' ? caseHref(id) : nextOf({ ...filling.data, seen: done.data }, name));
  }

  return (
    <Page
      title={form?.label ?? name}
      over={
        <>
          <a href={caseHref(id)}>{first.seen.label}</a>
          {' · '}
          {stepText(first.seen, `/forms/${name}`)}
        </>
      }
    >
      <div class="with-side">
        <form noValidate data-form={name} onSubmit={(event) => {
          event.preventDefault();
          void send('next');
        }}>
          <ErrorSummary errors={filling.errors} turn={filling.turn} />
          {filling.conflict && (
            <Stale differences={differencesOf(filling.asked, filling.values, valuesOf(filling.conflict.seen.case.facts))} choices={first.fields.choices}
              keepMine={() => filling.settle(true)} takeTheirs={() => filling.settle(false)} />
          )}
          {filling.restored && (
            <p class="notice">{t('form.restored')} <button type="button" class="plain" onClick={filling.discard}>{t('form.discard')}</button></p>
          )}
          <FormFields asked={filling.asked} choices={first.fields.choices} values={filling.values} errors={errors} change={filling.change} />
          <div class="buttons buttons--end">
            <button type="submit" class="ds-button" disabled={busy}>{t('form.continue')}</button>
            <button type="button" class="ds-button" data-variant="tertiary" disabled={busy} onClick={() => void send('list')}>{t('form.to_list')}</button>
            <span class="quiet small" role="status">{filling.draft === 'none' ? '' : t(`form.draft_${filling.draft}`)}</span>
          </div>
          <p class="then"><b>{t('case.next')}</b> {labelOf(filling.data, nextOf(filling.data, name))}</p>
        </form>
        <ComesTo sheet={tried ?? first.sheet} procedure={first.procedure} facts={filling.values} />
      </div>
    </Page>
  );
}

/** Each step begins with the case as it is then: the step before has moved it on. */
async function loadStep(id: string, form: string): Promise<Outcome<{ found: CaseData; of: string }>> {
  const found = await loadCase(id);
  return found.ok ? { ...found, data: { found: found.data, of: form } } : found;
}

export default function FormStep({ case: id = '', form = '' }: { case?: string; form?: string }) {
  const data = useData(() => loadStep(id, form), [id, form]);
  return <Loaded of={data}>{({ found, of }) => (of === form ? <Step key={form} data={found} form={form} /> : <p class="quiet">{t('loading')}</p>)}</Loaded>;
}
