import type { Screen } from '../screen';

export const screens: readonly Screen[] = [
  { path: '/app/desk', load: () => import('./desk'), nav: { label: 'desk.nav', roles: 'signed-in', order: 10 } },
];
