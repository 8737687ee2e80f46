import type { Screen } from '../screen';

/** Pictures with made-up numbers, while somebody works on them; not in the built portal. */
const gallery: Screen[] = import.meta.env.DEV ? [{ path: '/app/gallery', load: () => import('../../pictures/gallery'), open: true }] : [];

export const screens: readonly Screen[] = [
  { path: '/app/quota', load: () => import('./quota'), open: true, nav: { label: 'quota.nav', roles: 'everybody', order: 70 } },
  { path: '/app/law', load: () => import('./law'), open: true, nav: { label: 'law.nav', roles: 'everybody', order: 80 } },
  { path: '/app/law/norm', load: () => import('./norm'), open: true },
  { path: '/app/law/reforms/:reform', load: () => import('./reform'), open: true },
  { path: '/app/journal', load: () => import('./journal'), open: true, nav: { label: 'journal.nav', roles: 'everybody', order: 90 } },
  ...gallery,
];
