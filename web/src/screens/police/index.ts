import type { Screen } from '../screen';

export const screens: readonly Screen[] = [
  { path: '/app/overstays', load: () => import('./overstays'), nav: { label: 'police.overstays', roles: ['police'], order: 20 } },
  { path: '/app/check', load: () => import('./check'), nav: { label: 'police.check', roles: ['police'], order: 30 } },
  { path: '/app/days', load: () => import('./days'), nav: { label: 'police.days', roles: ['police'], order: 40 } },
];
