// Files for everybody, each with its layout. They are made here from what the interface for programs gives.
import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { outcome, type Outcome } from '../../api/problem';
import { csv, download, type Cell } from '../../pictures/table';
import { t } from '../../words/words';
import { told, type Word } from './data_words';
import { loadBalances, loadToday, loadWeeks } from './quota_data';

interface DataSet {
  name: 'balances' | 'weeks' | 'acts' | 'rules';
  /** Where programs get the same. */
  address: string;
  columns: string[];
  rows: () => Promise<Outcome<Cell[][]>>;
}

const sets: DataSet[] = [
  {
    name: 'balances', address: '/api/v1/quota', columns: ['account', 'limit', 'used', 'held', 'free'],
    rows: async () => {
      const found = await loadBalances('');
      return found.ok ? { ...found, data: found.data.map((one) => [one.account, one.limit, one.committed, one.held, one.free]) } : found;
    },
  },
  {
    name: 'weeks', address: '/api/v1/quota/weeks', columns: ['kind', 'week', 'limit', 'used', 'held'],
    rows: async () => {
      const kinds = await outcome(api.GET('/api/v1/quota/kinds', {}));
      if (!kinds.ok) return kinds;
      const year = Number((await loadToday()).slice(0, 4));
      const rows: Cell[][] = [];
      for (const kind of kinds.data) {
        for (const prefix of kind.keys[0]?.kind === 'whole' ? [year - 1, year].map((n) => `${kind.account}/${n}`) : [kind.account]) {
          for (const week of await loadWeeks(`${prefix}/`)) rows.push([prefix, week.monday, week.limit, week.committed, week.held]);
        }
      }
      return { ...kinds, data: rows };
    },
  },
  {
    name: 'acts', address: '/api/v1/acts', columns: ['act', 'title', 'number', 'made', 'from', 'until', 'read', 'reported', 'unverified', 'sample'],
    rows: async () => {
      const found = await outcome(api.GET('/api/v1/acts', {}));
      if (!found.ok) return found;
      return {
        ...found,
        data: found.data.map((act) => [
          act.act, act.title, act.number ?? '', act.made, act.from ?? '', act.until ?? '', act.rules.read, act.rules.reported, act.rules.unverified, act.rules.sample,
        ]),
      };
    },
  },
  {
    name: 'rules', address: '/api/v1/law', columns: ['norm', 'under', 'title', 'topic', 'from', 'until', 'rules'],
    rows: async () => {
      const found = await outcome(api.GET('/api/v1/law', {}));
      if (!found.ok) return found;
      const rows = found.data.norms.flatMap((norm) =>
        norm.ranges.map((range): Cell[] => [norm.norm, norm.under ?? '', norm.label, norm.topic, range.from ?? '', range.until ?? '', range.rules]));
      return { ...found, data: rows };
    },
  },
];

function SetCard({ set }: { set: DataSet }) {
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');
  const get = async () => {
    setState('busy');
    const found = await set.rows();
    if (found.ok) download(`${set.name}.csv`, csv({ columns: set.columns.map((label) => ({ label })), rows: found.data }));
    setState(found.ok ? 'ready' : 'failed');
  };
  return (
    <li>
      <h3>{told(`data.${set.name}` as Word)}</h3>
      <p>{told(`data.${set.name}_text` as Word)}</p>
      <dl>{set.columns.map((column) => [<dt key={column}>{column}</dt>, <dd key={`${column} text`}>{told(`data.column_${column}` as Word)}</dd>])}</dl>
      <button type="button" class="ds-button" data-variant="secondary" data-size="sm" disabled={state === 'busy'} onClick={() => void get()}>{t('public.csv')}</button>{' '}
      <a href={set.address} target="_self">{told('data.programs')}</a>
      {state === 'failed' && <p role="alert">{t('problem.network')}</p>}
    </li>
  );
}

export function DataSets() {
  return (
    <section class="section">
      <h2>{told('data.title')}</h2>
      <p>{told('data.lead')} <a href="/openapi.json" target="_self">{told('data.interface')}</a></p>
      <ul class="data-sets">{sets.map((set) => <SetCard key={set.name} set={set} />)}</ul>
    </section>
  );
}
