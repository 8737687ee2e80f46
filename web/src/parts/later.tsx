import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A part that is loaded after the screen stands, so that nobody waits for it. Until then there is nothing in its place. */
export function later(load: () => Promise<{ default: ComponentType }>): ComponentType {
  return function Later() {
    const [View, setView] = useState<ComponentType>();
    useEffect(() => {
      let current = true;
      void load().then((part) => current && setView(() => part.default));
      return () => {
        current = false;
      };
    }, []);
    return View ? <View /> : null;
  };
}
