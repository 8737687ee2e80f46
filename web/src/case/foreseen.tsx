import type { Schemas } from '../api/client';
import { Cites } from '../parts/cites';
import { t } from '../words/words';
import type { Sheet } from './case_data';

type Found = Schemas['FoundGround'];

/** Grounds with their articles and the facts on which they rest. */
export function Grounds({ found }: { found: readonly Found[] }) {
  if (found.length === 0) return null;
  return (
    <ul class="plain-list">
      {found.map((one) => (
        <li key={one.label}>
          <b>{one.label}</b> <Cites by={one.by} />
          {one.facts.length > 0 && <p class="quiet small">{one.facts.join(' · ')}</p>}
        </li>
      ))}
    </ul>
  );
}

/** Of all that the visitor may do, each ground once. */
export function foreseenOf(sheet: Sheet): Found[] {
  const all = sheet.checks.filter((check) => check.own).flatMap((check) => check.foreseen);
  return all.filter((one, index) => all.findIndex((other) => other.label === one.label) === index);
}

/** Whether a requirement stands today against each act for which a ground is foreseen. */
export function isBlocked(sheet: Sheet): boolean {
  const foreseen = sheet.checks.filter((check) => check.own && check.foreseen.length > 0);
  return foreseen.length > 0 && foreseen.every((check) => check.requirements.some((one) => one.state === 'unmet'));
}

/** What would be found against the case today; it may be filed all the same, unless the law's requirements already stand against that. */
export function Foreseen({ sheet }: { sheet: Sheet }) {
  const found = foreseenOf(sheet);
  if (found.length === 0) return null;
  return (
    <section class="notice" aria-label={t('foreseen.title')}>
      <h3>{t('foreseen.title')}</h3>
      <p>{t(isBlocked(sheet) ? 'foreseen.besides' : 'foreseen.lead')}</p>
      <Grounds found={found} />
    </section>
  );
}
