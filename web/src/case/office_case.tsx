import { useState } from 'preact/hooks';
import { Page } from '../frame/page';
import { later } from '../parts/later';
import { Tag } from '../parts/tag';
import { useOwnPage } from '../screens/own_page';
import { formatDate, t } from '../words/words';
import type { ActionCheck, CaseData } from './case_data';
import { isAgain, nameOf } from './acts';
import { ActForm } from './act';
import { Facts } from './facts';
import { Next } from './next';
import { Papers } from './papers';
import { CheckLine, Proof } from './requirements';
import { Reservation } from './reservation';
import { Diagram, Timeline, usePast } from './timeline';

const Draft = later(() => import('./draft_decision'));

/** The grounds of decision, rule by rule: which speak against the application, which are silent. */
function Grounds({ checks }: { checks: readonly ActionCheck[] }) {
  const grounds = checks.flatMap((check) => check.grounds);
  const once = grounds.filter((one, index) => grounds.findIndex((other) => other.label === one.label) === index);
  return (
    <>
      {once.map((one) => (
        <section key={one.label} class="grounds">
          <h3>{one.label}</h3>
          {one.state === 'open' && <p class="verdict" data-state="open"><span aria-hidden="true">? </span>{t('office.open')}</p>}
          {one.state === 'known' && one.members?.length === 0 && <p class="verdict" data-state="met"><span aria-hidden="true">✓ </span>{t('office.no_grounds')}</p>}
          {one.members && one.members.length > 0 && (
            <div class="verdict" data-state="unmet">
              <p><span aria-hidden="true">✕ </span>{t('office.grounds', { n: one.members.length })}</p>
              <ul>{one.members.map((member) => <li key={member.code}>{member.label}</li>)}</ul>
            </div>
          )}
          {one.state === 'open' && <ul class="plain-list small quiet">{one.needs.map((need) => <li key={need.path}>{need.question}</li>)}</ul>}
          {one.why && <Proof lines={one.why} />}
        </section>
      ))}
    </>
  );
}

function Rules({ data }: { data: CaseData }) {
  const here = data.sheet.checks.filter((check) => check.own);
  const all = here.flatMap((check) => check.requirements.map((one) => ({ check: one, label: one.label ?? '', of: check.label })));
  return (
    <section class="column" aria-labelledby="rules">
      <h2 id="rules">{t('office.rules')}</h2>
      <Grounds checks={here} />
      {all.length > 0 && (
        <ul class="checks">
          {all.map((one) => <CheckLine key={one.of + one.label} check={one.check} label={`${one.of}: ${one.label}`} />)}
        </ul>
      )}
      {all.length === 0 && here.every((check) => check.grounds.length === 0) && <p class="quiet">{t('office.no_rules')}</p>}
    </section>
  );
}

function Decision({ data }: { data: CaseData }) {
  const all = data.seen.actions ?? [];
  const actions = [...all.filter((one) => !isAgain(data, one)), ...all.filter((one) => isAgain(data, one))];
  const first = actions.find((one) => one.possible)?.action ?? actions[0]?.action ?? '';
  const [chosen, choose] = useState(first);
  const check = data.sheet.checks.find((one) => one.own && one.action === chosen);
  return (
    <section class="column column--decision" aria-labelledby="decision">
      <h2 id="decision">{t('office.decision')}</h2>
      {actions.length === 0 && <p class="quiet">{t('office.nothing_to_do')}</p>}
      {actions.length > 0 && (
        <fieldset class="choices">
          <legend class="hidden">{t('office.choose')}</legend>
          {actions.map((one) => (
            <label key={one.action} class="choice" data-possible={one.possible}>
              <input type="radio" class="ds-input" name="action" value={one.action} checked={one.action === chosen} onChange={() => choose(one.action)} />
              <span>
                {nameOf(data, one)}
                {one.hindrance && <span class="quiet small">{one.hindrance}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {check?.help && <p>{check.help}</p>}
      <Reservation data={data} check={check} />
      {check && <Draft data={data} check={check} />}
      {chosen !== '' && <ActForm key={chosen + data.seen.case.version} data={data} action={chosen} cancel="/app/desk" />}
    </section>
  );
}

/** What an office decides on, on one page: facts with their source, rules with their article, the draft of the decision. */
export default function OfficeCase({ data }: { data: CaseData }) {
  const { seen, sheet } = data;
  const item = seen.case;
  const own = useOwnPage(item.procedure, seen.role);
  const documents = seen.documents ?? [];
  const past = usePast(item.id, item.version);
  return (
    <Page
      wide
      title={seen.label ?? item.procedure}
      over={<><a href="/app/desk">{t('queue.nav')}</a>{own && <> · <a href={own.path + item.id}>{t(own.label)}</a></>}</>}
      lead={
        <>
          <Tag tone={sheet.final ? 'neutral' : 'accent'}>{seen.state_label}</Tag> <span class="nowrap">{t('case.number', { id: item.id })}</span>
        </>
      }
    >
      <Next data={data} past={past} />
      <div class="columns">
        <section class="column" aria-labelledby="facts">
          <h2 id="facts">{t('case.facts')}</h2>
          <Facts rows={sheet.facts} />
          {documents.length > 0 && (
            <>
              <h3>{t('case.documents')}</h3>
              <ul class="plain-list">
                {documents.map((one) => (
                  <li key={one.kind}>
                    {item.documents.filter((file) => file.kind === one.kind).map((file) => (
                      <a key={file.sha256} href={`/api/v1/cases/${item.id}/documents/${file.sha256}`}>{one.label}</a>
                    ))}
                    {!one.attached && <>{one.label} <Tag tone="warn">{t('check.missing')}</Tag></>}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        <Rules data={data} />
        <Decision data={data} />
      </div>
      <Papers data={data} />
      <section class="section">
        <h2>{t('case.timeline')}</h2>
        <p class="quiet">{t('case.opened', { date: formatDate(item.opened) })}{item.filed ? ` ${t('case.filed', { date: formatDate(item.filed) })}` : ''}</p>
        <div class="halves">
          <Timeline id={item.id} past={past} procedure={data.procedure} />
          <Diagram data={data} />
        </div>
      </section>
    </Page>
  );
}

