// The balance of this year's quota on the start page, in one line.
import { useData } from '../../api/data';
import { QuotaBar } from '../../pictures/quota_bar';
import { language, t } from '../../words/words';
import { loadBalances, loadKinds, loadToday, prefixOf, reserveOf, sum, usualKind } from './quota_data';
import './public.css';

async function load() {
  const [kinds, today] = await Promise.all([loadKinds(), loadToday()]);
  if (!kinds.ok) return kinds;
  const kind = usualKind(kinds.data);
  const reserve = kind && reserveOf(kind, kinds.data);
  if (!kind || !reserve) return { ...kinds, data: undefined };
  const year = Number(today.slice(0, 4));
  const [accounts, unallocated] = await Promise.all([loadBalances(prefixOf(kind, year)), loadBalances(prefixOf(reserve, year))]);
  if (!accounts.ok) return accounts;
  const left = unallocated.ok ? sum(unallocated.data).free : 0;
  return { ...accounts, data: { year, balance: { ...sum(accounts.data), ...(left > 0 ? { reserve: left } : {}) } } };
}

/** Nothing where there is no quota, and nothing where it cannot be read: the doors matter more. */
export default function QuotaStrip() {
  const { data } = useData(load, []);
  if (!data || data.balance.limit === 0) return null;
  return (
    <section class="strip">
      <div class="section__head">
        <h2>{t('home.quota')} {data.year}</h2>
        <a href="/app/quota">{t('home.quota_more')}</a>
      </div>
      <QuotaBar language={language.value} balance={data.balance} file={`quota-${data.year}`}
        links={{ used: '/app/quota', held: '/app/quota', free: '/app/quota', ...(data.balance.reserve ? { reserve: '/app/quota' } : {}) }} />
    </section>
  );
}
