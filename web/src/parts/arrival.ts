import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What appears where nobody may be looking: it is brought into sight and takes the focus, so that whoever pressed learns what came of it. */
export function useArrival<T extends HTMLElement>(): RefObject<T | null> {
  const at = useRef<T>(null);
  useEffect(() => {
    at.current?.focus({ preventScroll: true });
    at.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return at;
}
