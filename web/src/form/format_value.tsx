import { formatDate, formatNumber, t } from '../words/words';
import type { Field, Fields } from './values';

/** What stands in an input, as people read it. */
export function formatText(field: Field | undefined, choices: Fields['choices'], text: string): string {
  if (text === '') return '–';
  if (text === 'none') return t('form.none');
  if (text === 'yes' || text === 'no') return t(text === 'yes' ? 'form.yes' : 'form.no');
  if (field === undefined) return text;
  if (field.kind === 'choice') return choices[field.choices ?? '']?.find((one) => one.code === text)?.label ?? text;
  if (field.kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(text) ? formatDate(text) : text;
  const number = Number(text);
  if (['money', 'whole', 'decimal', 'days'].includes(field.kind) && Number.isFinite(number) && Math.abs(number) < 1e15) {
    return formatNumber(number) + (field.kind === 'money' ? ' ₸' : '');
  }
  return text;
}

export function FormatValue(props: { field?: Field; choices: Fields['choices']; text: string }) {
  return <span class="value">{formatText(props.field, props.choices, props.text)}</span>;
}
