import type { Screen } from '../screen';

export const screens: readonly Screen[] = [
  { path: '/app/households', load: () => import('./households'), nav: { label: 'employment.households', roles: ['centre'], order: 30 } },
  { path: '/app/households/:case', load: () => import('./household') },
];
