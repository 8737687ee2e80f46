// A case without a term may wait for a day all the same: what the law opens only later. The list of cases does not tell it, the case does.
import { api } from '../../api/client';
import { useData } from '../../api/data';
import { outcome } from '../../api/problem';
import { Deadline } from '../../parts/deadline';
import { formatDate, t } from '../../words/words';

export default function OpenFrom({ id, version, today }: { id: string; version: number; today: string }) {
  const seen = useData(() => outcome(api.GET('/api/v1/cases/{case}', { params: { path: { case: id } } })), [id, version]);
  const later = (seen.data?.actions ?? []).filter((one) => one.possible_from).sort((a, b) => (a.possible_from ?? '').localeCompare(b.possible_from ?? ''))[0];
  if (!later?.possible_from) return <Deadline today={today} />;
  return <span class="clock">{t('case.next_from', { date: formatDate(later.possible_from), what: t('case.quoted', { text: later.label }) })}</span>;
}
