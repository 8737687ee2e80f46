import SignInScreen from '../../session/sign_in';
import type { Screen } from '../screen';

export const screens: readonly Screen[] = [
  { path: '/app', load: () => import('./home'), open: true },
  // Part of the frame already: any screen may have to ask who it is.
  { path: '/app/sign-in', load: () => Promise.resolve({ default: SignInScreen }), open: true },
];
