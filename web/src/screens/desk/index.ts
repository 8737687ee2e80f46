import { askAhead } from '../../api/client';
import { session } from '../../session/session';
import type { Screen } from '../screen';

/** What the desk asks as soon as it is drawn. */
function ahead(lang: string): void {
  const grant = session.value?.roles[0];
  if (grant === undefined) return;
  const cases = `/api/v1/cases?as=${grant.role}&by=due&limit=100${grant.queue ? '&acts=1' : ''}`;
  for (const path of ['/api/v1/procedures', '/api/v1/office', cases]) askAhead(path, lang);
}

export const screens: readonly Screen[] = [
  { path: '/app/desk', load: () => import('./desk'), ahead, nav: { label: 'desk.nav', roles: 'signed-in', order: 10 } },
];
