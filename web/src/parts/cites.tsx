import type { Schemas } from '../api/client';
import { language, t } from '../words/words';

const keys = { read: 'cite.read', reported: 'cite.reported', unverified: 'cite.unverified', sample: 'cite.sample' } as const;

/** Articles, each with how sure it is: what nobody has read is not passed off as read. */
export function Cites({ by }: { by: readonly Schemas['Cite'][] }) {
  if (by.length === 0) return null;
  return (
    <span class="cites">
      {by.map((cite, index) => (
        <span key={cite.text}>
          {index > 0 && ' · '}
          <a href={`/law/acts/${encodeURIComponent(cite.act)}?lang=${language.value}`}>{cite.text}</a>
          {cite.confidence !== 'read' && <span class="cites__confidence"> ({t(keys[cite.confidence])})</span>}
        </span>
      ))}
    </span>
  );
}
