import type { Sheet } from './case_data';
import { formatDate } from '../words/words';

type Row = Sheet['facts'][number];

/** Where the fact is one of a member of a list: which member. */
const memberOf = (path: string): string | undefined => /^.+\[\d+\](?=\.)/.exec(path)?.[0];

/** A member of a list stands together: its name once, below it what is known of it. */
function Member({ rows }: { rows: readonly Row[] }) {
  const [first] = rows;
  if (!first) return null;
  const cut = (label: string) => label.split(': ');
  return (
    <div>
      <dt>{cut(first.label)[0]}</dt>
      <dd>
        <ul class="facts__member">
          {rows.map((row) => <li key={row.path}><span>{cut(row.label).slice(1).join(': ')}:</span> {row.value}</li>)}
        </ul>
        <span class="facts__source">{[first.source_label, first.by, formatDate(first.on, 'short')].filter(Boolean).join(' · ')}</span>
      </dd>
    </div>
  );
}

/** What is known, each with its source and day. */
export function Facts({ rows, change }: { rows: Sheet['facts']; change?: (path: string) => string | undefined }) {
  return (
    <dl class="facts">
      {rows.map((row, index) => {
        const member = memberOf(row.path);
        if (member !== undefined) {
          const isFirst = rows.findIndex((one) => memberOf(one.path) === member) === index;
          return isFirst ? <Member key={member} rows={rows.filter((one) => memberOf(one.path) === member)} /> : null;
        }
        const href = change?.(row.path);
        return (
          <div key={row.path}>
            <dt>{row.label}</dt>
            <dd>
              <span class="facts__value">{row.value}</span>
              <span class="facts__source">{[row.source_label, row.by, formatDate(row.on, 'short')].filter(Boolean).join(' · ')}</span>
              {href && <a href={href}>{row.label}</a>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
