// Accounts of the quota as a table; who keeps them finds behind each the postings that its figures come from.
import { TableView } from '../../pictures/frame';
import { csv, download, type Table } from '../../pictures/table';
import { say } from '../../pictures/say';
import { hasRole } from '../../session/session';
import { language, t } from '../../words/words';
import type { Account } from './quota_data';

/** Whom the server lets look into an account is the server's to say; here only whether it is worth a link. */
export function mayLookInto(): boolean {
  return hasRole('ministry', 'akimat', 'police', 'government');
}

export function accountHref(account: string): string {
  return `/app/ledger?account=${encodeURIComponent(account)}`;
}

export function Accounts({ accounts, label, file }: { accounts: readonly Account[]; label: (account: string) => string; file: string }) {
  const speak = say(language.value);
  const linked = mayLookInto();
  const named = accounts.filter((one) => one.limit > 0).map((one) => ({ one, name: label(one.account) }));
  const columns = [
    { label: t('quota.account') }, { label: t('quota.limit'), isNumber: true }, { label: t('quota.used'), isNumber: true },
    { label: t('quota.held'), isNumber: true }, { label: t('quota.free'), isNumber: true },
  ];
  if (named.length === 0) return <p class="quiet">{t('quota.none')}</p>;
  const table: Table = {
    columns,
    rows: named.map(({ one, name }) => [
      linked ? { text: name, href: accountHref(one.account) } : name, ...[one.limit, one.committed, one.held, one.free].map((n) => speak.number(n)),
    ]),
  };
  const plain: Table = { columns, rows: named.map(({ one, name }) => [name, one.limit, one.committed, one.held, one.free]) };
  return (
    <>
      <TableView table={table} caption={t('quota.accounts')} />
      <button type="button" class="ds-button" data-variant="secondary" data-size="sm" onClick={() => download(`${file}.csv`, csv(plain))}>{t('public.csv')}</button>
    </>
  );
}
