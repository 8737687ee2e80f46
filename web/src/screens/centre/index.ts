import type { Screen } from '../screen';

export const screens: readonly Screen[] = [
  { path: '/app/newcomers', load: () => import('./newcomers'), nav: { label: 'centre.newcomers', roles: ['centre'], order: 20 } },
  { path: '/app/newcomers/:case', load: () => import('./newcomer') },
];
