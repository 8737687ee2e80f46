import type { Sheet } from './case_data';
import { formatDate } from '../words/words';

/** What is known, each with its source and day. */
export function Facts({ rows, change }: { rows: Sheet['facts']; change?: (path: string) => string | undefined }) {
  return (
    <dl class="facts">
      {rows.map((row) => {
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
