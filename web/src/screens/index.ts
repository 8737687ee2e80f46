// All screens. A folder that brings more adds one line here (web/README.md).
import type { Screen } from './screen';
import { screens as home } from './home';
import { screens as desk } from './desk';
import { screens as cases } from '../case';
import { screens as ofEverybody } from './public';
import { screens as ofMinistry } from './ministry';
import { screens as ofPolice } from './police';
import { screens as ofCentre } from './centre';
import { screens as ofEmployment } from './employment';

export const screens: readonly Screen[] = [...home, ...desk, ...cases, ...ofEverybody, ...ofMinistry, ...ofPolice, ...ofCentre, ...ofEmployment];

/** The screen at this address. */
export function screenAt(path: string): Screen | undefined {
  const parts = path.replace(/\/+$/, '').split('/');
  return screens.find((screen) => {
    const own = screen.path.split('/');
    return own.length === parts.length && own.every((part, at) => part.startsWith(':') || part === parts[at]);
  });
}
