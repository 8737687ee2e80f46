import { Page } from '../frame/page';
import { later } from '../parts/later';
import { Tag } from '../parts/tag';
import { formatDate, t } from '../words/words';
import { Actions } from './actions';
import { Attached } from './attached';
import { caseHref, checkLabel, isComplete, kindOfRole, type CaseData } from './case_data';
import { Copied, Copy } from './copy';
import { Costs } from './costs';
import { Earlier } from './earlier';
import { Facts } from './facts';
import { Foreseen } from './foreseen';
import { Next } from './next';
import { Papers } from './papers';
import { Diagram, Timeline, usePast } from './timeline';

/** What is to be filled in, in the order of the law; each line says how far it is. */
function Tasks({ data }: { data: CaseData }) {
  const { seen } = data;
  const id = seen.case.id;
  const forms = seen.forms ?? [];
  const documents = seen.documents ?? [];
  const missing = documents.filter((one) => !one.attached).length;
  const ready = isComplete(data);
  return (
    <section class="section">
      <h2>{t('case.tasks')}</h2>
      <ol class="tasks">
        {forms.map((form) => (
          <li key={form.form}>
            <a href={caseHref(id, `/forms/${form.form}`)}>{form.label}</a>
            {form.missing.length === 0 ? <Tag tone="good">{t('case.done')}</Tag> : <Tag tone="accent">{t('case.missing', { n: form.missing.length })}</Tag>}
          </li>
        ))}
        {documents.length > 0 && (
          <li>
            <a href={caseHref(id, '/documents')}>{t('case.documents')}</a>
            {missing === 0 ? <Tag tone="good">{t('case.done')}</Tag> : <Tag tone="accent">{t('case.documents_missing', { n: missing })}</Tag>}
          </li>
        )}
        <li>
          <a href={caseHref(id, '/check')}>{checkLabel(seen)}</a>
          {ready ? <Tag tone="accent">{t('case.ready')}</Tag> : <Tag>{t('case.later')}</Tag>}
        </li>
      </ol>
    </section>
  );
}

const ToPay = later(() => import('./to_pay'));

export default function PartyCase({ data, reload }: { data: CaseData; reload: () => void }) {
  const { seen, sheet } = data;
  const item = seen.case;
  const isHelper = kindOfRole(data) === 'other'; // here for one act: what it is about, and the act, come first
  const past = usePast(item.id, item.version);
  return (
    <Page
      title={seen.label ?? item.procedure}
      over={<a href="/app/desk">{t('desk.nav')}</a>}
      lead={<><Tag tone={sheet.final ? 'neutral' : 'accent'}>{seen.state_label}</Tag> <span class="nowrap">{t('case.number', { id: item.id })}</span></>}
    >
      <Next data={data} past={past} />
      {isHelper && <ToPay data={data} />}
      {isHelper && <Actions data={data} />}
      {seen.may_fill && !item.filed && <Copied id={item.id} />}
      {seen.may_fill && !item.filed && <Foreseen sheet={sheet} />}
      <Earlier data={data} reload={reload} />
      {seen.may_fill && <Tasks data={data} />}
      <Copy data={data} />
      <Papers data={data} />
      {!isHelper && <Attached data={data} />}
      <Costs data={data} />
      {!isHelper && <Actions data={data} />}
      <section class="section">
        <h2>{t('case.facts')}</h2>
        <Facts rows={sheet.facts} />
      </section>
      <section class="section">
        <h2>{t('case.timeline')}</h2>
        <p class="quiet">{t('case.opened', { date: formatDate(item.opened) })}{item.filed ? ` ${t('case.filed', { date: formatDate(item.filed) })}` : ''}</p>
        <Timeline id={item.id} past={past} procedure={data.procedure} />
        <Diagram data={data} />
      </section>
    </Page>
  );
}
