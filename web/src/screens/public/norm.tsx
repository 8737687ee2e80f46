// One norm: its rules along time, those in force on the day that is looked at, and how sure each citation is.
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { outcome } from '../../api/problem';
import { Page } from '../../frame/page';
import { Loaded } from '../../parts/loaded';
import { NormTimeline } from '../../pictures/norm_timeline';
import { language, t } from '../../words/words';
import { changesOf, inForce, isDay } from './law_data';
import { DaySlider, RuleCard } from './law_parts';
import './public.css';

type Norm = Schemas['LawNorm'];

function pageAddress(norm: Norm): string {
  const query = new URLSearchParams({ ...(norm.under ? { under: norm.under } : {}), lang: language.value });
  return `/law/norms/${norm.norm}?${query}`;
}

function askAddress(norm: Norm, on: string): string {
  return `/ask?${new URLSearchParams({ norm: norm.norm, ...(norm.under ? { under: norm.under } : {}), on, lang: language.value })}`;
}

function Rules({ norm }: { norm: Norm }) {
  const asked = useLocation().query['on'];
  const [on, setOn] = useState(isDay(asked) ? asked : norm.today);
  const [all, setAll] = useState(false);
  const changes = changesOf(norm.rules);
  const first = [on, norm.today, ...changes].sort()[0] ?? on;
  const last = [on, norm.today, ...changes].sort().at(-1) ?? on;
  const shown = all ? norm.rules : norm.rules.filter((rule) => inForce(rule, on));
  return (
    <>
      {changes.length > 0 && (
        <DaySlider on={on} first={`${Math.max(1990, Number(first.slice(0, 4)) - 1)}-01-01`} last={`${Math.min(2060, Number(last.slice(0, 4)) + 1)}-12-31`}
          changes={changes} onChange={setOn} />
      )}
      <section class="section">
        <h2>{t('law.timeline')}</h2>
        <NormTimeline language={language.value} on={on} rules={norm.rules} file={norm.norm} />
      </section>
      <section class="section">
        <div class="section__head">
          <h2>{all ? t('law.all_rules') : t('law.rules_on_day')}</h2>
          <label><input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} /> {t('law.show_all')}</label>
        </div>
        {shown.length === 0 && <p class="quiet">{t('law.none_in_force')}</p>}
        <ol class="rules">{shown.map((rule) => <RuleCard key={rule.number} rule={rule} on={on} />)}</ol>
        {norm.cut && <p class="quiet">{t('law.cut')}</p>}
      </section>
      <p><a href={askAddress(norm, on)} target="_self">{t('law.ask')}</a> · <a href={pageAddress(norm)} target="_self">{t('law.examples')}</a></p>
    </>
  );
}

export default function NormScreen() {
  const { query } = useLocation();
  const norm = query['name'] ?? '';
  const under = query['under'];
  const found = useData(
    () => outcome(api.GET('/api/v1/law/norms/{norm}', { params: { path: { norm }, query: under ? { under } : {} } })), [norm, under]);
  const data = found.data;
  return (
    <Page title={data?.label ?? t('law.norm')} over={<><a href="/app/law">{t('law.title')}</a>{data?.under_label ? ` · ${data.under_label}` : ''}</>} lead={data?.help}>
      <Loaded of={found}>{(loaded) => <Rules key={loaded.norm + (loaded.under ?? '')} norm={loaded} />}</Loaded>
    </Page>
  );
}
