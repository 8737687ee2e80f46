import { createContext, type ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { setTitle } from './arrival';

/** Whether a page's head stands above already. What goes wrong before a screen has one needs a head of its own. */
export const InPage = createContext(false);

/** A page's head: its name, above it what it belongs to, below it one sentence. Sets the window's title. */
export function Page(props: {
  title: string;
  over?: ComponentChildren;
  lead?: ComponentChildren;
  wide?: boolean;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  useEffect(() => setTitle(props.title), [props.title]);
  return (
    <div class={props.wide ? 'page page--wide' : 'page'}>
      <header class="page__head">
        <div>
          {props.over && <p class="page__over">{props.over}</p>}
          <h1 class="ds-heading" data-size="md">{props.title}</h1>
          {props.lead && <p class="page__lead">{props.lead}</p>}
        </div>
        {props.actions && <div class="page__actions">{props.actions}</div>}
      </header>
      <InPage.Provider value>{props.children}</InPage.Provider>
    </div>
  );
}
