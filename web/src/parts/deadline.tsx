import { formatDate, t } from '../words/words';

export const dayMs = 86_400_000;

/** Days from one day to another; below zero where the other lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

export type Urgency = 'late' | 'soon' | 'calm';

export function urgencyOf(today: string, due?: string | null, late?: string | null): Urgency {
  if (late) return 'late';
  if (!due) return 'calm';
  const left = daysBetween(today, due);
  return left < 0 ? 'late' : left <= 3 ? 'soon' : 'calm';
}

/** Half a year on, a day without its year may be taken for one that has passed. */
export function styleOf(today: string, day: string): 'long' | 'short' {
  return Math.abs(daysBetween(today, day)) > 180 ? 'long' : 'short';
}

/** The clock of a case: how many days are left, and the last day. In words and by a mark, not by colour alone. */
export function Deadline({ today, due, late }: { today: string; due?: string | null; late?: string | null }) {
  if (late) return <span class="clock" data-urgency="late"><b>{t('clock.late')}</b> <span>{t('clock.since', { date: formatDate(late, styleOf(today, late)) })}</span></span>;
  if (!due) return <span class="clock quiet">{t('clock.none')}</span>;
  const left = daysBetween(today, due);
  const words = left < 0 ? t('clock.over') : left === 0 ? t('clock.today') : t('clock.left', { n: left });
  return (
    <span class="clock" data-urgency={urgencyOf(today, due)}>
      <b>{words}</b> <span>{t('clock.until', { date: formatDate(due, styleOf(today, due)) })}</span>
    </span>
  );
}
