import { Cites } from '../parts/cites';
import { formatDate, t } from '../words/words';
import { lazy } from 'preact-iso';
import type { Values } from '../form/values';
import type { CaseData, Sheet } from './case_data';
import { estimatesOf } from './costs';
import { Foreseen, foreseenOf } from './foreseen';

const Share = lazy(() => import('./share'));

const comparedMax = 3;
const marks = { met: '✓', unmet: '✕', open: '?', unclear: '≠', known: '' } as const;

/** What a requirement holds against each other, as far as it is a few values: "Longest term in months: 12". */
function comparedIn({ why }: Sheet['checks'][number]['requirements'][number]): string[] {
  const read = (why ?? []).filter((line) => line.state === 'decides').flatMap((line) => line.children ?? []);
  return read.length <= comparedMax ? read.filter((line) => line.kind === 'fact' || line.kind === 'norm').map((line) => line.text) : [];
}

/** Beside a form: what it comes to by the law, as it is typed. Fee, places, and what must be met to submit. */
export function ComesTo({ sheet, procedure, facts }: Pick<CaseData, 'sheet' | 'procedure'> & { facts: Values }) {
  const estimates = estimatesOf(sheet, procedure);
  const own = sheet.checks.filter((check) => check.own);
  const reserves = own.flatMap((check) => check.reserves).filter((one) => one.label !== undefined);
  const requirements = own.flatMap((check) => check.requirements).filter((one, index, all) => all.findIndex((other) => other.label === one.label) === index);
  const places = reserves.filter((one, index) => reserves.findIndex((other) => other.account === one.account) === index);
  const against = foreseenOf(sheet).length;
  if (estimates.length + requirements.length + places.length + against === 0) return null;
  return (
    <aside class="side" aria-label={t('comes.title')}>
      <h2>{t('comes.title')}</h2>
      <div aria-live="polite">
        <Foreseen sheet={sheet} />
        {estimates.map((one) => (
          <div key={one.label} class="side__figure">
            <span>{one.label}</span>
            <b class="numbers">{one.state === 'known' ? one.amount : '–'}</b>
            {one.state === 'open' && <span class="quiet small">{t('comes.needs', { facts: one.needs.map((need) => need.question).slice(0, 2).join(' ') })}</span>}
          </div>
        ))}
        {places.map((one) => (
          <div key={one.account} class="side__figure">
            <span>{t('comes.places')}</span>
            <b class="numbers">{one.amount === undefined ? one.free : t('comes.before_after', { before: one.free, after: one.free - one.amount })}</b>
            <span class="quiet small">{one.label}</span>
          </div>
        ))}
        <Share values={facts} on={sheet.today} refused={against > 0} />
        {requirements.length > 0 && (
          <>
            <h3>{t('comes.requirements')}</h3>
            <ul class="checks">
              {requirements.map((one) => (
                <li key={one.label} data-state={one.state}>
                  <span class="checks__mark" aria-hidden="true">{marks[one.state]}</span>
                  <span>
                    <span class="hidden">{t(`check.${one.state}`)}: </span>{one.label} <Cites by={one.by ?? []} />
                    {one.from && <b> {t('check.from', { date: formatDate(one.from) })}</b>}
                    {one.state === 'unmet' && comparedIn(one).map((text) => <span key={text} class="quiet small checks__compared">{text}</span>)}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </aside>
  );
}
