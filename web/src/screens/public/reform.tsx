// One draft, as differences from the law in force: what goes, what comes, by which article.
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { outcome } from '../../api/problem';
import { Page } from '../../frame/page';
import { Loaded } from '../../parts/loaded';
import { formatDate, t, type Key } from '../../words/words';
import type { Params } from '../screen';
import { normHref, type Rule } from './law_data';
import { Cites, rangeText } from './law_parts';
import './public.css';

type Reform = Schemas['LawReform'];
type Change = Reform['changes'][number];

function Line({ rule, sign }: { rule: Rule; sign: 'removed' | 'added' | 'beside' }) {
  return (
    <div class={`diff__line is-${sign}`}>
      <span class="diff__sign" aria-hidden="true">{sign === 'removed' ? '−' : sign === 'added' ? '+' : '·'}</span>
      <div>
        <span class="hidden">{t(`law.diff_${sign}` as Key)} </span>
        <p class="diff__value">{rule.value}</p>
        {rule.when && <p>{t('law.if', { condition: rule.when })}</p>}
        <div class="rule-card__foot"><span>{rangeText(rule)}</span><Cites by={rule.by} /></div>
      </div>
    </div>
  );
}

function ChangeCard({ change }: { change: Change }) {
  return (
    <article class="diff">
      <header>
        <h2><a href={normHref(change)}>{change.label}</a>{change.under_label ? ` (${change.under_label})` : ''}</h2>
        <p>{t(`law.change_${change.change}` as Key)}{change.from || change.until ? `, ${rangeText(change)}` : ''}</p>
      </header>
      {change.beside && <Line rule={change.beside} sign="beside" />}
      {change.removed && <Line rule={change.removed} sign="removed" />}
      {change.added && <Line rule={change.added} sign="added" />}
    </article>
  );
}

function Draft({ reform }: { reform: Reform }) {
  return (
    <>
      <p class="rule-card__foot"><span>{reform.from ? t('law.from', { from: formatDate(reform.from) }) : t('law.draft_undated')}</span><Cites by={reform.by} /></p>
      {reform.changes.map((change, i) => <ChangeCard key={i} change={change} />)}
      {reform.norms.length > 0 && (
        <section class="section">
          <h2>{t('law.new_norms')}</h2>
          <ul class="norms">{reform.norms.map((norm) => <li key={norm.norm}><a href={normHref(norm)}>{norm.label}</a></li>)}</ul>
        </section>
      )}
    </>
  );
}

export default function ReformScreen({ reform = '' }: Params) {
  const found = useData(() => outcome(api.GET('/api/v1/law/reforms/{reform}', { params: { path: { reform } } })), [reform]);
  return (
    <Page title={found.data?.title ?? t('law.draft')} over={<a href="/app/law">{t('law.title')}</a>} lead={t('law.draft_lead')}>
      <Loaded of={found}>{(data) => <Draft reform={data} />}</Loaded>
    </Page>
  );
}
