import { useData } from '../api/data';
import { outcome, type Outcome } from '../api/problem';
import { api, type Schemas } from '../api/client';
import { formatDate, t } from '../words/words';
import type { ActionCheck, CaseData, Sheet } from './case_data';

type Hold = Sheet['holds'][number];

/** Limit, used, held and free of one account, before and after. */
function Account({ label, before, after }: { label: string; before: number; after: number }) {
  return (
    <p class="reservation">
      <b>{label}</b>
      <span class="numbers">{t('comes.places')}: {t('comes.before_after', { before, after })}</span>
    </p>
  );
}

const freeOf = (hold: Hold) => (hold.limit ?? 0) - (hold.held ?? 0) - (hold.used ?? 0);

/** Others who hold or want places of the same account, the first in time first. */
function Rivals({ account, own }: { account: string; own: string }) {
  const holds = useData<Schemas['Holds'] | null>(
    async (): Promise<Outcome<Schemas['Holds'] | null>> => outcome(api.GET('/api/v1/quota/holds', { params: { query: { account } } })),
    [account],
  );
  const others = (holds.data?.holds ?? []).filter((one) => one.case !== own);
  if (others.length === 0) return null;
  return (
    <details>
      <summary>{t('office.rivals', { n: others.length })}</summary>
      <table class="ds-table" data-size="sm">
        <thead><tr><th scope="col">{t('queue.case')}</th><th scope="col">{t('office.places')}</th><th scope="col">{t('office.until')}</th></tr></thead>
        <tbody>
          {others.map((one) => (
            <tr key={one.case}>
              <td><a href={`/app/cases/${one.case}`}>{one.case}</a></td>
              <td class="numbers">{one.amount}</td>
              <td>{one.until ? formatDate(one.until, 'short') : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What the case has taken of the quota, and what the chosen act would change. */
export function Reservation({ data, check }: { data: CaseData; check: ActionCheck | undefined }) {
  const { sheet, seen } = data;
  const wanted = (check?.reserves ?? []).filter((one) => one.account !== undefined && one.amount !== undefined);
  if (sheet.holds.length === 0 && wanted.length === 0) return null;
  const accounts = [...new Set([...sheet.holds.map((hold) => hold.account), ...wanted.map((one) => one.account ?? '')])];
  return (
    <section class="reservations">
      <h3>{t('office.reservation')}</h3>
      {sheet.holds.map((hold) => <Account key={hold.account} label={hold.label} before={freeOf(hold) + hold.amount} after={freeOf(hold)} />)}
      {wanted.map((one) => <Account key={one.account} label={one.label ?? ''} before={one.free} after={one.free - (one.amount ?? 0)} />)}
      {accounts.map((account) => <Rivals key={account} account={account} own={seen.case.id} />)}
    </section>
  );
}
