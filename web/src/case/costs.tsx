import { Cites } from '../parts/cites';
import { formatDate, t } from '../words/words';
import type { CaseData, Sheet } from './case_data';

/** What it costs by the law of the day, each amount once: where a procedure has a straight way, what is charged on it or by an act of the
 * reader's. A fee for an extension that nobody asks for yet looks as if it were owed as well. */
export function estimatesOf(sheet: Sheet, { way }: Pick<CaseData['procedure'], 'way'>) {
  const isAhead = (check: Sheet['checks'][number]) => check.own || way.length === 0 || way.some((step) => step.what === check.label);
  const charges = sheet.checks.filter(isAhead).flatMap((check) => check.charges);
  return charges.filter((charge, index) => charges.findIndex((other) => other.label === charge.label) === index);
}

export function Holds({ holds }: { holds: Sheet['holds'] }) {
  if (holds.length === 0) return null;
  return (
    <ul class="plain-list">
      {holds.map((hold) => (
        <li key={hold.account}>
          {t(hold.committed ? 'case.places_used' : 'case.places_held', { n: hold.amount })} · {hold.label}
          {hold.until && !hold.committed && <span class="quiet"> {t('clock.until', { date: formatDate(hold.until, 'short') })}</span>}
        </li>
      ))}
    </ul>
  );
}

export function Costs({ data }: { data: CaseData }) {
  const { sheet } = data;
  const estimates = sheet.charges.length === 0 && !sheet.final ? estimatesOf(sheet, data.procedure) : [];
  const known = estimates.filter((one) => one.state === 'known');
  if (sheet.charges.length === 0 && known.length === 0 && sheet.holds.length === 0) return null;
  return (
    <section class="section">
      <h2>{t('case.costs')}</h2>
      <dl class="facts">
        {sheet.charges.map((charge) => (
          <div key={charge.label + charge.on}>
            <dt>{charge.label}</dt>
            <dd><b>{charge.text}</b> <span class="facts__source">{charge.state}{!charge.paid && ` · ${t('case.charged', { date: formatDate(charge.on) })}`}</span></dd>
          </div>
        ))}
        {known.map((one) => (
          <div key={one.label}>
            <dt>{one.label}</dt>
            <dd><b>{one.amount}</b> <span class="facts__source">{t('case.estimate')} <Cites by={one.by ?? []} /></span></dd>
          </div>
        ))}
      </dl>
      <Holds holds={sheet.holds} />
    </section>
  );
}
