import { askAhead } from '../../api/client';
import { session } from '../../session/session';
import type { Screen } from '../screen';

/** What the desk asks as soon as it is drawn. */
function ahead(lang: string): void {
  const role = session.value?.roles[0]?.role;
  if (role === undefined) return;
  for (const path of ['/api/v1/procedures', '/api/v1/office', `/api/v1/cases?as=${role}&by=due&limit=100`]) askAhead(path, lang);
}

export const screens: readonly Screen[] = [
  { path: '/app/desk', load: () => import('./desk'), ahead, nav: { label: 'desk.nav', roles: 'signed-in', order: 10 } },
];
