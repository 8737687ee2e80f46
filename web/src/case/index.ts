import type { Screen } from '../screens/screen';

export const screens: readonly Screen[] = [];
