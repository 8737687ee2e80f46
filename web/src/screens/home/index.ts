import type { Screen } from '../screen';

export const screens: readonly Screen[] = [
  { path: '/app', load: () => import('./home'), open: true },
  { path: '/app/sign-in', load: () => import('../../session/sign_in'), open: true },
];
