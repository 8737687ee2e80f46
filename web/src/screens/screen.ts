import type { VNode } from 'preact';
import type { Key } from '../words/words';

/** What the address says: {case: "T0TX1Z0NYA"} of "/app/cases/:case". */
export type Params = Record<string, string>;

export interface Screen {
  /** As preact-iso writes it: "/app/cases/:case". */
  path: string;
  /** Its properties are the parts of the address, each a text. */
  load: () => Promise<{ default: (params: never) => VNode | null }>;
  /** Begins what it will ask first, once it is known who is there. */
  ahead?: (lang: string) => void;
  /** Stands in the navigation of these roles; 'everybody' also of who is not signed in. */
  nav?: { label: Key; roles: readonly string[] | 'everybody' | 'signed-in'; order: number };
  /** Whether it is for who is not signed in, too. */
  open?: boolean;
}
