import { formatText } from '../form/format_value';
import { askedOf, valuesOf } from '../form/values';
import { Page } from '../frame/page';
import { Loaded } from '../parts/loaded';
import { Tag } from '../parts/tag';
import { speaker } from '../screens/own_words';
import { formatDate, t } from '../words/words';
import { NextOnCheck } from './after';
import { caseHref, stepText, useCase, type CaseData } from './case_data';
import { ComesTo } from './comes_to';
import { Fixed } from './fixed';
import { Actions } from './actions';

// Beside the name of the list it says enough; in the form the whole sentence is what one agrees to.
const en = { none: "none" };
const ru: typeof en = { none: "нет" };
const kk: typeof en = { none: "жоқ" };
const say = speaker<keyof typeof en>({ en, ru, kk });

function Said({ text }: { text: string }) {
  return text === '–' ? <Tag tone="warn">{t('check.missing')}</Tag> : <>{text}</>;
}

/** Everything that will be submitted, form by form, each with the way back to it. */
function Answers({ data }: { data: CaseData }) {
  const { seen, fields } = data;
  const values = valuesOf(seen.case.facts);
  const id = seen.case.id;
  return (
    <>
      {(seen.forms ?? []).map((form) => (
        <section key={form.form} class="section answers">
          <div class="section__head">
            <h2>{form.label}</h2>
            <a href={caseHref(id, `/forms/${form.form}`)}>{t('check.change')}<span class="hidden"> {form.label}</span></a>
          </div>
          <dl class="facts">
            {askedOf(fields, form.asks).map((one) =>
              'field' in one ? (
                <div key={one.field.fact}>
                  <dt>{one.field.label}</dt>
                  <dd><Said text={formatText(one.field, fields.choices, values.single[one.field.fact] ?? '')} /></dd>
                </div>
              ) : (
                <div key={one.list}>
                  <dt>{one.label}</dt>
                  <dd>
                    {values.lists[one.list] === undefined && <Tag tone="warn">{t('check.missing')}</Tag>}
                    {values.lists[one.list]?.length === 0 && say('none')}
                    <ol>
                      {(values.lists[one.list] ?? []).map((member, index) => (
                        <li key={index}>{one.fields.map(({ rest, field }) => formatText(field, fields.choices, member[rest] ?? '')).join(', ')}</li>
                      ))}
                    </ol>
                  </dd>
                </div>
              ),
            )}
          </dl>
        </section>
      ))}
      {(seen.documents ?? []).length > 0 && (
        <section class="section answers">
          <div class="section__head">
            <h2>{t('case.documents')}</h2>
            <a href={caseHref(id, '/documents')}>{t('check.change')}<span class="hidden"> {t('case.documents')}</span></a>
          </div>
          <ul class="plain-list">
            {(seen.documents ?? []).map((one) => (
              <li key={one.kind}>{one.label} {one.attached ? <Tag tone="good">{t('documents.attached')}</Tag> : <Tag tone="warn">{t('check.missing')}</Tag>}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What the page is for, by how far the case has come. */
function leadOf({ seen }: CaseData): string {
  const { filed } = seen.case;
  if (!filed) return t('check.lead');
  return t(seen.may_fill ? 'check.lead_filed' : 'check.lead_fixed', { date: formatDate(filed), state: seen.state_label ?? '' });
}

export default function CheckAnswers({ case: id = '' }: { case?: string }) {
  const data = useCase(id);
  return (
    <Loaded of={data}>
      {(found) => (
        <Page title={t('check.title')} lead={leadOf(found)} over={<><a href={caseHref(id)}>{found.seen.label}</a>{' · '}{stepText(found.seen, '/check')}</>}>
          <div class="with-side">
            <div>
              <Answers data={found} />
              {(found.seen.actions ?? []).map((one) => <Fixed key={one.action} data={found} action={one.action} />)}
              <NextOnCheck data={found} />
              <Actions data={found} />
            </div>
            <ComesTo sheet={found.sheet} procedure={found.procedure} facts={valuesOf(found.seen.case.facts)} />
          </div>
        </Page>
      )}
    </Loaded>
  );
}
