// The law as a book: what is in force on a day, how sure its citations are, how far examples cover it, what drafts would change.
import { useLocation } from 'preact-iso';
import { useMemo, useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { outcome } from '../../api/problem';
import { Page } from '../../frame/page';
import { Loaded } from '../../parts/loaded';
import { TableView } from '../../pictures/frame';
import { say } from '../../pictures/say';
import { csv, download, type Table } from '../../pictures/table';
import { language, t, type Key } from '../../words/words';
import { changesOf, confidences, isDay, normHref, rulesOn, type Outline, type OutlineNorm } from './law_data';
import { DaySlider, Sure } from './law_parts';
import './public.css';

interface Law {
  outline: Outline;
  acts: Schemas['Acts'];
  reforms: Schemas['Reforms'];
  coverage: Schemas['LawCoverage'];
}

async function load() {
  const [outline, acts, reforms, coverage] = await Promise.all([
    outcome(api.GET('/api/v1/law', {})), outcome(api.GET('/api/v1/acts', {})), outcome(api.GET('/api/v1/reforms', {})),
    outcome(api.GET('/api/v1/law/coverage', {})),
  ]);
  if (!outline.ok) return outline;
  if (!acts.ok) return acts;
  if (!reforms.ok) return reforms;
  if (!coverage.ok) return coverage;
  return { ...outline, data: { outline: outline.data, acts: acts.data, reforms: reforms.data, coverage: coverage.data } satisfies Law };
}

function isActInForce(act: Schemas['Acts'][number], on: string): boolean {
  return act.kind !== 'source' && act.ratified && (act.from ?? act.made) <= on && (act.until === undefined || on <= act.until);
}

function Facts({ law, on }: { law: Law; on: string }) {
  const speak = say(language.value);
  const rules = law.outline.norms.reduce((sum, norm) => sum + rulesOn(norm, on).now, 0);
  const norms = law.outline.norms.filter((norm) => rulesOn(norm, on).now > 0).length;
  const facts: [number, Key][] = [
    [norms, 'law.count_norms'], [rules, 'law.count_rules'], [law.acts.filter((act) => isActInForce(act, on)).length, 'law.count_acts'],
    [law.reforms.length, 'law.count_drafts'],
  ];
  return <ul class="facts">{facts.map(([n, key]) => <li key={key}><b>{speak.number(n)}</b><span>{t(key, { n })}</span></li>)}</ul>;
}

function Confidence({ law }: { law: Law }) {
  const speak = say(language.value);
  const count = (one: (typeof confidences)[number]) => law.outline.norms.reduce((sum, norm) => sum + norm.confidence[one], 0);
  const all = confidences.reduce((sum, one) => sum + count(one), 0);
  const { rules, exercised, cases, failures } = law.coverage;
  return (
    <section class="section">
      <h2>{t('law.sure')}</h2>
      <p>{t('law.sure_text', { share: speak.percent(count('read'), all) })}</p>
      <dl class="sure-list">
        {confidences.filter((one) => count(one) > 0).map((one) => (
          <div key={one}><dt><Sure confidence={one} count={speak.number(count(one))} /></dt><dd>{t(`law.confidence_${one}_text` as Key)}</dd></div>
        ))}
      </dl>
      <p>
        {t('law.coverage', { cases: speak.number(cases), exercised: speak.number(exercised), rules: speak.number(rules) })}{' '}
        {failures === 0 ? t('law.coverage_holds') : t('law.coverage_fails', { failures: speak.number(failures) })}
      </p>
    </section>
  );
}

function NormLine({ norm, on }: { norm: OutlineNorm; on: string }) {
  const { now, all } = rulesOn(norm, on);
  return (
    <li class={now === 0 ? 'is-off' : undefined}>
      <a href={normHref(norm, on)}>{norm.label}{norm.under_label ? ` (${norm.under_label})` : ''}</a>
      <span>{now === 0 ? t('law.none_in_force') : t('law.some_in_force', { n: now, all })}</span>
    </li>
  );
}

function Topics({ law, on, find }: { law: Law; on: string; find: string }) {
  const wanted = find.trim().toLocaleLowerCase(language.value);
  const fits = (norm: OutlineNorm) => wanted === '' || `${norm.label} ${norm.norm}`.toLocaleLowerCase(language.value).includes(wanted);
  const topics = [...law.outline.topics, { topic: '', label: t('law.other_topic') }];
  const filled = topics
    .map((topic) => ({ ...topic, norms: law.outline.norms.filter((norm) => norm.topic === topic.topic && !norm.definition && fits(norm)) }))
    .filter((topic) => topic.norms.length > 0);
  if (filled.length === 0) return <p class="quiet">{t('law.nothing_found')}</p>;
  return (
    <>
      {filled.map((topic) => (
        <details class="topic" key={topic.topic} open={wanted !== ''}>
          <summary>{topic.label}<span>{t('law.norms_of_topic', { n: topic.norms.length })}</span></summary>
          <ul class="norms">{topic.norms.map((norm) => <NormLine key={norm.norm + (norm.under ?? '')} norm={norm} on={on} />)}</ul>
        </details>
      ))}
    </>
  );
}

export function actsTable(acts: Schemas['Acts']): Table {
  return {
    columns: [
      { label: t('law.act') }, { label: t('law.number') }, { label: t('law.made') }, { label: t('law.in_force_from') }, { label: t('law.in_force_until') },
      ...confidences.map((one) => ({ label: t(`law.confidence_${one}` as Key), isNumber: true })),
    ],
    rows: acts.map((act) => [
      { text: act.title, href: `/law/acts/${act.act}` }, act.number ?? '', act.made, act.from ?? '', act.until ?? '', ...confidences.map((one) => act.rules[one]),
    ]),
  };
}

function Acts({ law }: { law: Law }) {
  const table = actsTable(law.acts);
  return (
    <section class="section">
      <h2>{t('law.acts')}</h2>
      <p>{t('law.acts_text')}</p>
      <TableView table={table} caption={t('law.acts')} />
      <button type="button" class="ds-button" data-variant="secondary" data-size="sm" onClick={() => download('acts.csv', csv(table))}>{t('public.csv')}</button>
    </section>
  );
}

function Drafts({ law }: { law: Law }) {
  if (law.reforms.length === 0) return null;
  return (
    <section class="section">
      <h2>{t('law.drafts')}</h2>
      <p>{t('law.drafts_text')}</p>
      <details class="topic">
        <summary>{t('law.all_drafts', { n: law.reforms.length })}</summary>
        <ul class="norms">
          {law.reforms.map((reform) => (
            <li key={reform.reform}>
              <a href={`/app/law/reforms/${reform.reform}`}>{reform.title}</a>
              <span>{t('law.changes', { n: reform.changes.length })}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Book({ law }: { law: Law }) {
  const asked = useLocation().query['on'];
  const [on, setOn] = useState(isDay(asked) ? asked : law.outline.today);
  const [find, setFind] = useState('');
  const changes = useMemo(() => changesOf(law.outline.norms.flatMap((norm) => norm.ranges)), [law]);
  const first = changes.find((day) => day >= '1990-01-01') ?? '1990-01-01';
  const last = [law.outline.today, changes.at(-1) ?? ''].sort().at(-1) ?? law.outline.today;
  return (
    <>
      <DaySlider on={on} first={first < on ? first : on} last={`${Math.min(Number(last.slice(0, 4)) + 1, 2060)}-12-31`} changes={changes} onChange={setOn} />
      <Facts law={law} on={on} />
      <section class="section">
        <div class="section__head">
          <h2>{t('law.topics')}</h2>
          <label class="find">{t('law.find')} <input class="ds-input" type="search" value={find} onInput={(event) => setFind(event.currentTarget.value)} /></label>
        </div>
        <Topics law={law} on={on} find={find} />
      </section>
      <Confidence law={law} />
      <Drafts law={law} />
      <Acts law={law} />
    </>
  );
}

export default function LawScreen() {
  const law = useData(load, []);
  return (
    <Page title={t('law.title')} lead={t('law.lead')}>
      <Loaded of={law}>{(data) => <Book law={data} />}</Loaded>
    </Page>
  );
}
