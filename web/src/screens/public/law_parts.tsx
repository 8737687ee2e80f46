import { useId } from 'preact/hooks';
import { dayNumber, isoDay } from '../../pictures/say';
import { formatDate, t, type Key } from '../../words/words';
import { after, before, inForce, type Confidence, type Rule } from './law_data';

/** How sure a citation is: in words, and by the border. */
export function Sure({ confidence, count }: { confidence: Confidence; count?: number | string }) {
  return (
    <span class={`confidence is-${confidence}`} title={t(`law.confidence_${confidence}_text` as Key)}>
      {t(`law.confidence_${confidence}` as Key)}
      {count !== undefined && <b class="numbers">{count}</b>}
    </span>
  );
}

/** One day out of many years: by slider, by date, or from change to change. */
export function DaySlider(props: { on: string; first: string; last: string; changes: readonly string[]; onChange: (day: string) => void }) {
  const id = useId();
  const { on, first, last, changes, onChange } = props;
  const years = [0, 1, 2, 3, 4].map((i) => isoDay(dayNumber(first) + Math.round(((dayNumber(last) - dayNumber(first)) * i) / 4)).slice(0, 4));
  const earlier = before(changes, on);
  const later = after(changes, on);
  return (
    <div class="law-slider">
      <div class="law-slider__row">
        <label for={id}>{t('law.on')} <output for={id}>{formatDate(on)}</output></label>
        <label>{t('law.date')} <input type="date" value={on} min={first} max={last}
          onChange={(event) => event.currentTarget.value !== '' && onChange(event.currentTarget.value)} /></label>
      </div>
      <input id={id} type="range" min={dayNumber(first)} max={dayNumber(last)} step={1} value={dayNumber(on)} aria-valuetext={formatDate(on)}
        onInput={(event) => onChange(isoDay(Number(event.currentTarget.value)))} />
      <div class="law-slider__years" aria-hidden="true">{years.map((year) => <span key={year}>{year}</span>)}</div>
      <div class="law-slider__row">
        <button type="button" class="ds-button" data-variant="secondary" data-size="sm" disabled={!earlier} onClick={() => earlier && onChange(earlier)}>
          ← {earlier ? t('law.change_before', { date: formatDate(earlier) }) : t('law.no_change_before')}
        </button>
        <button type="button" class="ds-button" data-variant="secondary" data-size="sm" disabled={!later} onClick={() => later && onChange(later)}>
          {later ? t('law.change_after', { date: formatDate(later) }) : t('law.no_change_after')} →
        </button>
      </div>
    </div>
  );
}

export function Cites({ by }: { by: Rule['by'] }) {
  return (
    <>
      {by.map((one) => (
        <span key={one.act + one.place}>
          <a href={`/law/acts/${one.act}`} target="_self">{one.text}</a> <Sure confidence={one.confidence} />
        </span>
      ))}
    </>
  );
}

export function rangeText(range: { from?: string; until?: string }): string {
  if (range.from && range.until) return t('law.from_until', { from: formatDate(range.from), until: formatDate(range.until) });
  if (range.from) return t('law.from', { from: formatDate(range.from) });
  return range.until ? t('law.until', { until: formatDate(range.until) }) : t('law.always');
}

export function RuleCard({ rule, on }: { rule: Rule; on: string }) {
  const now = inForce(rule, on);
  const kind = `rule-card ${now ? 'is-on' : 'is-off'} ${rule.depth > 0 ? 'is-exception' : ''}`;
  return (
    <li class={kind} id={`r${rule.number}`}>
      {rule.depth > 0 && <p class="small">{t('law.exception', { number: rule.exception_to ?? 0 })}</p>}
      <p class="rule-card__value">{rule.value}</p>
      {rule.when && <p>{t('law.if', { condition: rule.when })}</p>}
      <div class="rule-card__foot">
        <span>{now ? t('law.in_force') : t('law.not_in_force')}: {rangeText(rule)}</span>
        <Cites by={rule.by} />
        {rule.row && <span>{rule.row}</span>}
      </div>
    </li>
  );
}
