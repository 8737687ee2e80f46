// All accounts of a year by kind and region; the places in reserve; and how places come to a region, through the procedures that say so.
import { useLocation } from 'preact-iso';
import { useData } from '../../api/data';
import type { Outcome } from '../../api/problem';
import { Page } from '../../frame/page';
import { Loaded } from '../../parts/loaded';
import { BurnUp } from '../../pictures/burn_up';
import { QuotaBar } from '../../pictures/quota_bar';
import { TileMap } from '../../pictures/tile_map';
import { language, t } from '../../words/words';
import { Accounts } from '../public/accounts';
import { Choice } from '../public/choice';
import {
  accountLabel, hasYear, inOrder, keyOf, loadKinds, loadToday, loadWeeks, prefixOf, regionPlace, reserveOf, sum, usualKind, type Account, type Kind, type Week,
} from '../public/quota_data';
import { Moves } from './moves';

interface Shown {
  kinds: Kind[];
  today: string;
  year: number;
  kind: Kind;
  reserve: Kind | undefined;
  accounts: Account[];
  reserved: Account[];
  weeks: Week[];
  lastYear: Week[];
}

type LoadBalances = (prefix: string) => Promise<Outcome<Account[]>>;

async function load(loadBalances: LoadBalances, name: string | undefined, asked: string | undefined) {
  const [kinds, today] = await Promise.all([loadKinds(), loadToday()]);
  if (!kinds.ok) return kinds;
  const kind = kinds.data.find((one) => one.account === name) ?? usualKind(kinds.data);
  if (!kind) return { ...kinds, data: undefined };
  const year = Number(asked) || Number(today.slice(0, 4));
  const reserve = reserveOf(kind, kinds.data);
  const [accounts, reserved, weeks, lastYear] = await Promise.all([
    loadBalances(prefixOf(kind, year)), reserve ? loadBalances(prefixOf(reserve, year)) : undefined, loadWeeks(prefixOf(kind, year)),
    hasYear(kind) ? loadWeeks(prefixOf(kind, year - 1)) : [],
  ]);
  if (!accounts.ok) return accounts;
  const data: Shown = { kinds: kinds.data, today, year, kind, reserve, accounts: accounts.data, reserved: reserved?.ok ? reserved.data : [], weeks, lastYear };
  return { ...accounts, data };
}

function Choices({ shown }: { shown: Shown }) {
  const { route } = useLocation();
  const now = Number(shown.today.slice(0, 4));
  const go = (kind: string, year: number) => route(`/app/ledger?${new URLSearchParams({ kind, year: String(year) })}`);
  return (
    <div class="choices">
      <Choice label={t('quota.kind')} value={shown.kind.account} onChange={(kind) => go(kind, shown.year)}
        options={shown.kinds.filter((one) => regionPlace(one) >= 0).map((one) => ({ value: one.account, label: one.label }))} />
      <Choice label={t('quota.year')} value={String(shown.year)} onChange={(year) => go(shown.kind.account, Number(year))}
        options={[now + 1, now, now - 1, now - 2].map((year) => ({ value: String(year), label: String(year) }))} />
    </div>
  );
}

function Pictures({ shown }: { shown: Shown }) {
  const { kind, year, today } = shown;
  const place = regionPlace(kind);
  const query = new URLSearchParams({ kind: kind.account, year: String(year) });
  const regions = (kind.keys[place]?.values ?? []).map(({ code, label }) => {
    const total = sum(shown.accounts.filter((one) => keyOf(one.account, place) === code));
    return { iso: code, name: label, used: total.used + total.held, limit: total.limit, href: `/app/ledger?${query}#region-${code}` };
  });
  const reserve = sum(shown.reserved).free;
  return (
    <>
      <section class="section">
        <h2>{t('quota.balance')}</h2>
        <QuotaBar language={language.value} balance={{ ...sum(shown.accounts), ...(reserve > 0 ? { reserve } : {}) }}
          links={{ used: '#accounts', held: '#accounts', ...(reserve > 0 ? { reserve: '#reserve' } : {}) }} file={`ledger-${year}`} />
      </section>
      <div class="side-by-side">
        <section class="section"><h2>{t('quota.by_region')}</h2><TileMap language={language.value} regions={regions} file={`ledger-regions-${year}`} /></section>
        <section class="section">
          <h2>{t('quota.through_the_year')}</h2>
          <BurnUp language={language.value} year={year} weeks={shown.weeks} lastYear={shown.lastYear} file={`ledger-weeks-${year}`}
            today={year < Number(today.slice(0, 4)) ? `${year}-12-31` : today} />
        </section>
      </div>
    </>
  );
}

function ByRegion({ shown }: { shown: Shown }) {
  const place = regionPlace(shown.kind);
  const regions = (shown.kind.keys[place]?.values ?? [])
    .map(({ code, label }) => ({ code, label, accounts: shown.accounts.filter((one) => keyOf(one.account, place) === code && one.limit > 0) }))
    .filter((one) => one.accounts.length > 0);
  return (
    <section class="section" id="accounts">
      <h2>{t('quota.accounts')}</h2>
      <p>{t('ledger.accounts_text')}</p>
      {regions.map(({ code, label, accounts }) => (
        <details class="topic" id={`region-${code}`} key={code}>
          <summary>{label}<span>{t('ledger.accounts_of_region', { n: accounts.length })}</span></summary>
          <Accounts accounts={inOrder(shown.kind, accounts)} label={(account) => accountLabel(shown.kind, account)} file={`${shown.kind.account}-${shown.year}-${code}`} />
        </details>
      ))}
      {regions.length === 0 && <p class="quiet">{t('quota.none')}</p>}
    </section>
  );
}

export function Overview({ load: loadBalances }: { load: LoadBalances }) {
  const { query } = useLocation();
  const found = useData(() => load(loadBalances, query['kind'], query['year']), [query['kind'], query['year']]);
  return (
    <Page title={t('ledger.title')} lead={t('ledger.lead')} wide>
      <Loaded of={found}>
        {(shown) => shown && (
          <>
            <Choices shown={shown} />
            <Pictures shown={shown} />
            <Moves />
            {shown.reserve && shown.reserved.length > 0 && (
              <section class="section" id="reserve">
                <h2>{shown.reserve.label}</h2>
                <Accounts accounts={inOrder(shown.reserve, shown.reserved)} label={(account) => accountLabel(shown.reserve as Kind, account)} file={`reserve-${shown.year}`} />
              </section>
            )}
            <ByRegion shown={shown} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
