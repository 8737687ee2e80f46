import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A part that is loaded after the screen stands, so that nobody waits for it. Until then there is nothing in its place. */
export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  return function Later(props: P) {
    const [View, setView] = useState<ComponentType<P>>();
    useEffect(() => {
      let current = true;
      void load().then((part) => current && setView(() => part.default));
      return () => {
        current = false;
      };
    }, []);
    return View ? <View {...props} /> : null;
  };
}
