// One account of the quota: its balance, every posting with its reason and case, and the holds with their last day.
import { useLocation } from 'preact-iso';
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { outcome, type Outcome } from '../../api/problem';
import { Page } from '../../frame/page';
import { Loaded } from '../../parts/loaded';
import { TableView } from '../../pictures/frame';
import { ExpiryTimeline } from '../../pictures/expiry_timeline';
import { QuotaBar } from '../../pictures/quota_bar';
import { say } from '../../pictures/say';
import { csv, download, type Cell, type Table } from '../../pictures/table';
import { formatDate, formatMoment, language, t, type Key } from '../../words/words';
import { accountLabel, loadBalances, loadKinds, loadToday, type Kind } from '../public/quota_data';
import { Overview } from './overview';
import '../public/public.css';

type Posting = Schemas['Postings']['postings'][number];
type Hold = Schemas['Holds']['holds'][number];

interface Account {
  kind: Kind | undefined;
  /** What stands as a reason, in words. */
  reasons: ReadonlyMap<string, string>;
  postings: Posting[];
  holds: Hold[];
  today: string;
}

/** Pages of postings that one screen reads; a hundred each. */
const mostPages = 30;

async function loadPostings(account: string): Promise<Outcome<Posting[]>> {
  const all: Posting[] = [];
  let after = 0;
  for (let page = 0; page < mostPages; ++page) {
    const answer = await outcome(api.GET('/api/v1/quota/postings', { params: { query: { account, after: String(after) } } }));
    if (!answer.ok) return answer;
    all.push(...answer.data.postings);
    after = answer.data.next;
    if (after === 0) break;
  }
  return { ok: true, data: all, response: new Response() };
}

/** The office writes "PROCEDURE acted:ACTION" for an act; both have names in the law. Any other reason stands as it was given. */
async function reasonsOf(postings: readonly Posting[]): Promise<Map<string, string>> {
  const acts = [...new Set(postings.map((one) => one.reason))].flatMap((reason) => {
    const [, procedure, action] = /^(\w+) acted:(\w+)$/.exec(reason) ?? [];
    return procedure && action ? [{ reason, procedure, action }] : [];
  });
  const names = [...new Set(acts.map((one) => one.procedure))];
  const found = await Promise.all(names.map((procedure) => outcome(api.GET('/api/v1/procedures/{procedure}', { params: { path: { procedure } } }))));
  const told = new Map(found.flatMap((one) => (one.ok ? [[one.data.procedure, one.data] as const] : [])));
  return new Map(acts.flatMap(({ reason, procedure, action }) => {
    const known = told.get(procedure);
    const label = known?.states.flatMap((state) => state.actions).find((one) => one.action === action)?.label;
    return known && label ? [[reason, `${known.label}: ${label}`] as const] : [];
  }));
}

async function load(account: string) {
  const [kinds, postings, holds, today] = await Promise.all([
    loadKinds(), loadPostings(account), outcome(api.GET('/api/v1/quota/holds', { params: { query: { account } } })), loadToday(),
  ]);
  if (!postings.ok) return postings;
  if (!holds.ok) return holds;
  if (!kinds.ok) return kinds;
  const data: Account = {
    kind: kinds.data.find((one) => one.account === account.split('/')[0]), postings: postings.data, holds: holds.data.holds, today,
    reasons: await reasonsOf(postings.data),
  };
  return { ...postings, data };
}

function caseCell(id: string | undefined): Cell {
  return id === undefined ? '' : { text: id, href: `/app/cases/${id}` };
}

function postingsTable(postings: Posting[], reasons: ReadonlyMap<string, string>, forPeople: boolean): Table {
  const speak = say(language.value);
  const number = (n: number) => (forPeople ? speak.number(n) : n);
  const day = (iso: string | undefined) => (iso === undefined ? '' : forPeople ? formatDate(iso) : iso);
  return {
    columns: [
      { label: t('ledger.number'), isNumber: true }, { label: t('ledger.when') }, { label: t('ledger.what') }, { label: t('ledger.amount'), isNumber: true },
      { label: t('ledger.case') }, { label: t('ledger.until') }, { label: t('ledger.reason') }, { label: t('quota.limit'), isNumber: true },
      { label: t('quota.used'), isNumber: true }, { label: t('quota.held'), isNumber: true },
    ],
    rows: postings.map((one) => [
      one.number, forPeople ? formatMoment(one.recorded_at_ms) : new Date(one.recorded_at_ms).toISOString(), t(`ledger.kind_${one.kind}` as Key), number(one.amount),
      caseCell(one.case), day(one.until), reasons.get(one.reason) ?? one.reason, number(one.limit), number(one.committed), number(one.held),
    ]),
  };
}

function AccountView({ account, data }: { account: string; data: Account }) {
  const last = data.postings.at(-1);
  const balance = { limit: last?.limit ?? 0, used: last?.committed ?? 0, held: last?.held ?? 0, free: (last?.limit ?? 0) - (last?.committed ?? 0) - (last?.held ?? 0) };
  const newest = [...data.postings].reverse();
  const file = account.replaceAll('/', '-');
  const dated = data.holds.filter((hold) => hold.until !== undefined);
  return (
    <>
      <section class="section">
        <h2>{t('quota.balance')}</h2>
        <QuotaBar language={language.value} balance={balance} links={{ used: '#postings', held: '#holds' }} file={file} />
      </section>
      <section class="section" id="holds">
        <h2>{t('ledger.holds')}</h2>
        <p>{t('ledger.holds_text', { n: data.holds.length })}</p>
        {dated.length > 0 && (
          <ExpiryTimeline language={language.value} today={data.today} file={`${file}-holds`}
            items={dated.map((hold) => ({ label: `${hold.case} · ${hold.amount}`, until: hold.until ?? '', href: `/app/cases/${hold.case}` }))} />
        )}
        {data.holds.length > dated.length && (
          <ul>{data.holds.filter((hold) => hold.until === undefined).map((hold) => (
            <li key={hold.hold}><a href={`/app/cases/${hold.case}`}>{hold.case}</a>: {hold.amount} ({t('ledger.no_end')})</li>
          ))}</ul>
        )}
      </section>
      <section class="section" id="postings">
        <h2>{t('ledger.postings')}</h2>
        <p>{t('ledger.postings_text', { n: data.postings.length })}</p>
        <TableView table={postingsTable(newest, data.reasons, true)} caption={t('ledger.postings')} />
        <button type="button" class="ds-button" data-variant="secondary" data-size="sm"
          onClick={() => download(`${file}.csv`, csv(postingsTable(data.postings, data.reasons, false)))}>{t('public.csv')}</button>
      </section>
    </>
  );
}

function OneAccount({ account }: { account: string }) {
  const found = useData(() => load(account), [account]);
  const kind = found.data?.kind;
  return (
    <Page title={kind ? accountLabel(kind, account) : t('ledger.account')} over={<><a href="/app/ledger">{t('ledger.title')}</a>{kind ? ` · ${kind.label}` : ''}</>} wide>
      <Loaded of={found}>{(data) => <AccountView account={account} data={data} />}</Loaded>
    </Page>
  );
}

export default function Ledger() {
  const account = useLocation().query['account'];
  return account ? <OneAccount account={account} /> : <Overview load={loadBalances} />;
}
