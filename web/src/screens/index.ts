// All screens. A folder that brings more adds one line here (web/README.md).
import type { Screen } from './screen';
import { screens as home } from './home';
import { screens as desk } from './desk';
import { screens as cases } from '../case';
import { screens as ofEverybody } from './public';
import { screens as ofMinistry } from './ministry';

export const screens: readonly Screen[] = [...home, ...desk, ...cases, ...ofEverybody, ...ofMinistry];
