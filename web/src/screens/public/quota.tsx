// The quota of a year, for everybody: what is used, by region and category, and how it went through the year.
import { useLocation } from 'preact-iso';
import { useData } from '../../api/data';
import { Page } from '../../frame/page';
import { Loaded } from '../../parts/loaded';
import { BurnUp } from '../../pictures/burn_up';
import { QuotaBar } from '../../pictures/quota_bar';
import { TileMap } from '../../pictures/tile_map';
import { language, t } from '../../words/words';
import { Accounts, mayLookInto } from './accounts';
import { Choice } from './choice';
import {
  accountLabel, hasYear, inOrder, keyOf, loadBalances, loadKinds, loadToday, loadWeeks, prefixOf, regionPlace, reserveOf, sum, usualKind, type Account, type Kind,
  type Week,
} from './quota_data';
import './public.css';

interface Shown {
  kinds: Kind[];
  kind: Kind;
  today: string;
  year: number;
  accounts: Account[];
  reserve: number;
  weeks: Week[];
  lastYear: Week[];
}

interface Asked {
  kind?: string;
  year?: string;
  region?: string;
}

async function load(asked: Asked) {
  const [kinds, today] = await Promise.all([loadKinds(), loadToday()]);
  if (!kinds.ok) return kinds;
  const kind = kinds.data.find((one) => one.account === asked.kind) ?? usualKind(kinds.data);
  if (!kind) return { ...kinds, data: undefined };
  const year = Number(asked.year) || Number(today.slice(0, 4));
  const reserve = reserveOf(kind, kinds.data);
  const region = asked.region ?? '';
  const [accounts, unallocated, weeks, lastYear] = await Promise.all([
    loadBalances(prefixOf(kind, year)), reserve ? loadBalances(prefixOf(reserve, year)) : undefined, loadWeeks(prefixOf(kind, year, region)),
    hasYear(kind) ? loadWeeks(prefixOf(kind, year - 1, region)) : [],
  ]);
  if (!accounts.ok) return accounts;
  const data: Shown = {
    kinds: kinds.data, kind, today, year, accounts: accounts.data, reserve: unallocated?.ok ? sum(unallocated.data).free : 0, weeks, lastYear,
  };
  return { ...accounts, data };
}

function address(asked: Asked): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== undefined && value !== ''));
  return query.size > 0 ? `/app/quota?${query}` : '/app/quota';
}

function Choices({ shown, asked }: { shown: Shown; asked: Asked }) {
  const { route } = useLocation();
  const now = Number(shown.today.slice(0, 4));
  const regions = shown.kind.keys[regionPlace(shown.kind)]?.values ?? [];
  const go = (change: Asked) => route(address({ ...asked, ...change }));
  return (
    <div class="choices">
      <Choice label={t('quota.kind')} value={shown.kind.account} onChange={(kind) => go({ kind, region: '' })}
        options={shown.kinds.map((one) => ({ value: one.account, label: one.label }))} />
      {hasYear(shown.kind) && (
        <Choice label={t('quota.year')} value={String(shown.year)} onChange={(year) => go({ year })}
          options={[now + 1, now, now - 1, now - 2].map((year) => ({ value: String(year), label: String(year) }))} />
      )}
      {regions.length > 0 && (
        <Choice label={t('quota.region')} value={asked.region ?? ''} onChange={(region) => go({ region })}
          options={[{ value: '', label: t('quota.whole_country') }, ...regions.map(({ code, label }) => ({ value: code, label }))]} />
      )}
    </div>
  );
}

function Regions({ shown, asked }: { shown: Shown; asked: Asked }) {
  const place = regionPlace(shown.kind);
  const regions = (shown.kind.keys[place]?.values ?? []).map(({ code, label }) => {
    const total = sum(shown.accounts.filter((one) => keyOf(one.account, place) === code));
    return { iso: code, name: label, used: total.used + total.held, limit: total.limit, href: address({ ...asked, region: code }) };
  });
  return (
    <section class="section">
      <h2>{t('quota.by_region')}</h2>
      <TileMap language={language.value} regions={regions} {...(asked.region ? { chosen: asked.region } : {})} file={`quota-regions-${shown.year}`} />
    </section>
  );
}

function Balance({ shown, asked }: { shown: Shown; asked: Asked }) {
  const place = regionPlace(shown.kind);
  const inRegion = asked.region ? shown.accounts.filter((one) => keyOf(one.account, place) === asked.region) : shown.accounts;
  const reserve = asked.region ? 0 : shown.reserve;
  return (
    <>
      <section class="section">
        <h2>{t('quota.balance')}</h2>
        <QuotaBar language={language.value} balance={{ ...sum(inRegion), ...(reserve > 0 ? { reserve } : {}) }} file={`quota-${shown.year}`} />
      </section>
      <div class="side-by-side">
        {place >= 0 && <Regions shown={shown} asked={asked} />}
        <section class="section">
          <h2>{t('quota.through_the_year')}</h2>
          <BurnUp language={language.value} year={shown.year} weeks={shown.weeks} lastYear={shown.lastYear} file={`quota-weeks-${shown.year}`}
            today={shown.year < Number(shown.today.slice(0, 4)) ? `${shown.year}-12-31` : shown.today} />
        </section>
      </div>
      <section class="section">
        <h2>{t('quota.accounts')}</h2>
        {!mayLookInto() && <p class="quiet">{t('quota.accounts_text')}</p>}
        <Accounts accounts={inOrder(shown.kind, inRegion)} label={(account) => accountLabel(shown.kind, account)} file={`quota-accounts-${shown.year}`} />
      </section>
    </>
  );
}

export default function Quota() {
  const asked: Asked = useLocation().query;
  const shown = useData(() => load(asked), [asked.kind, asked.year, asked.region]);
  return (
    <Page title={t('quota.title')} lead={t('quota.lead')} wide>
      <Loaded of={shown}>
        {(data) => data && (
          <>
            <Choices shown={data} asked={asked} />
            <Balance shown={data} asked={asked} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
