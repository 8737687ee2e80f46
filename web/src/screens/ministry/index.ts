import type { Screen } from '../screen';

export const screens: readonly Screen[] = [
  { path: '/app/ledger', load: () => import('./ledger'), nav: { label: 'ledger.nav', roles: ['ministry'], order: 20 } },
  { path: '/app/plan', load: () => import('./plan'), nav: { label: 'plan.nav', roles: ['ministry'], order: 30 } },
];
