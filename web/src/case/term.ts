import type { Schemas } from '../api/client';
import { t } from '../words/words';

/** Beyond these a term is a validity and not a time in which somebody must act. */
const termDaysMax = 60;

/** "within 7 working days"; nothing where no term is known before anything is answered. */
export function termOf({ working_days: days }: Schemas['Procedure']['way'][number]): string {
  return days !== undefined && days <= termDaysMax ? t('way.within', { n: days }) : '';
}
