/** After a change of page: the reader's voice and the keyboard begin at the new heading, the view at the top. */
let last = '';

export function arrived(url: string): void {
  if (last !== '' && last !== url) {
    requestAnimationFrame(() => {
      const heading = document.querySelector<HTMLElement>('main h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    });
  }
  last = url;
}

/** "Desk – Köshi" in the window's title. */
export function setTitle(title: string): void {
  document.title = title === '' ? 'Köshi' : `${title} – Köshi`;
}
