import type { Screen } from '../screens/screen';

export const screens: readonly Screen[] = [
  { path: '/app/start/:procedure', load: () => import('./start') },
  { path: '/app/cases/:case', load: () => import('./case') },
  { path: '/app/cases/:case/forms/:form', load: () => import('./form_step') },
  { path: '/app/cases/:case/documents', load: () => import('./documents') },
  { path: '/app/cases/:case/check', load: () => import('./check_answers') },
  { path: '/app/cases/:case/actions/:action', load: () => import('./act') },
  { path: '/app/cases/:case/done/:sequence', load: () => import('./receipt') },
  { path: '/app/cases/:case/receipts/:sequence', load: () => import('./kept_receipt') },
];
