import { Page } from '../frame/page';
import { Deadline } from '../parts/deadline';
import { Cites } from '../parts/cites';
import { Tag } from '../parts/tag';
import { formatDate, t } from '../words/words';
import { Actions } from './actions';
import { caseHref, isComplete, type CaseData } from './case_data';
import { Costs } from './costs';
import { Facts } from './facts';
import { Papers } from './papers';
import { Diagram, lastTold, Timeline, usePast, type Past } from './timeline';

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
          <a href={caseHref(id, '/check')}>{t('case.check')}</a>
          {ready ? <Tag tone="accent">{t('case.ready')}</Tag> : <Tag>{t('case.later')}</Tag>}
        </li>
      </ol>
    </section>
  );
}

/** One sentence: what comes next, and whose turn it is. */
export function Next({ data, past }: { data: CaseData; past: Past }) {
  const { seen, sheet } = data;
  const own = sheet.checks.filter((check) => check.own);
  const others = [...new Set(sheet.checks.filter((check) => !check.own && check.state === seen.case.state).map((check) => check.roles))];
  const told = lastTold(past).map((text) => <p key={text}><b>{t('case.told')}</b> {text}</p>);
  if (sheet.final) return <div class="next">{told}<p>{t('case.next_none')}</p></div>;
  const mine = seen.may_fill ? t(isComplete(data) ? 'case.next_check' : 'case.next_fill') : own.length > 0 && others.length === 0 ? t('case.next_act') : '';
  // Where the clock ends the state, others may act but need not; where it only makes the case late, they must.
  const waits = sheet.due?.then ? 'case.next_may' : own.length > 0 ? 'case.next_turn' : 'case.next_wait';
  const theirs = mine === '' && others.length > 0 ? t(waits, { who: others.join(', ') }) : '';
  return (
    <div class="next">
      {told}
      <p><b>{t('case.next')}</b> {mine || theirs || t('case.next_clock')}</p>
      {sheet.queue && <p>{t('case.queue', { place: sheet.queue.place, of: sheet.queue.of })}</p>}
      {sheet.due && (
        <p>
          <Deadline today={sheet.today} due={sheet.due.last_day} late={seen.case.late} />{' '}
          <span class="quiet">{sheet.due.then ? t('case.then', { action: sheet.due.then }) : t('case.then_late')} <Cites by={sheet.due.by} /></span>
        </p>
      )}
    </div>
  );
}

export function PartyCase({ data }: { data: CaseData }) {
  const { seen, sheet } = data;
  const item = seen.case;
  const past = usePast(item.id, item.version);
  return (
    <Page
      title={seen.label ?? item.procedure}
      over={<a href="/app/desk">{t('desk.nav')}</a>}
      lead={<><Tag tone={sheet.final ? 'neutral' : 'accent'}>{seen.state_label}</Tag> <span class="nowrap">{t('case.number', { id: item.id })}</span></>}
    >
      <Next data={data} past={past} />
      {seen.may_fill && <Tasks data={data} />}
      <Papers data={data} />
      <Costs data={data} />
      <Actions data={data} />
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
