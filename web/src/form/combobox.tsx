// A list that is too long to look through: a part of a name is typed, and what has it is offered (the combobox of WAI-ARIA 1.2).
import { useState } from 'preact/hooks';
import { t } from '../words/words';

/** More are not shown at once: whoever looks for one types more of its name. */
const shownMax = 40;

export interface Option {
  code: string;
  label: string;
}

/** Letters that no keyboard at hand may have, and that are no other letter with a mark: most Kazakh ones, and the Turkish i without its dot. */
const plainer: Readonly<Record<string, string>> = { ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и', ı: 'i' };

/** As it is compared: without case and without marks, so that "turkiye" is "Türkiye". Not by the reader's locale, in which I may not be i. */
function fold(text: string): string {
  const bare = text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return bare.replace(/[әғқңөұүһіı]/g, (letter) => plainer[letter] ?? letter);
}

const exact = (text: string) => text.trim().toLocaleLowerCase().normalize('NFC');

/** The one that is meant by its code or its whole name, letter by letter before without marks; else what was typed, which the server then does
 * not take. */
export function codeOf(options: readonly Option[], typed: string): string {
  const meant = options.find((one) => one.code === typed.trim() || exact(one.label) === exact(typed)) ?? options.find((one) => fold(one.label) === fold(typed));
  return meant?.code ?? typed.trim();
}

/** Names that begin so before names that hold it, each in the order of the list; a code by its beginning. */
export function found(options: readonly Option[], typed: string): Option[] {
  const wanted = fold(typed);
  if (wanted === '') return [...options];
  const begins = options.filter((one) => fold(one.label).startsWith(wanted) || one.code.toLowerCase().startsWith(wanted));
  return [...begins, ...options.filter((one) => !begins.includes(one) && fold(one.label).includes(wanted))];
}

interface ComboboxProps {
  id: string;
  label: string;
  options: readonly Option[];
  value: string;
  wrong: boolean;
  described?: string;
  change: (code: string) => void;
}

export function Combobox({ id, label, options, value, wrong, described, change }: ComboboxProps) {
  const [typed, type] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [at, move] = useState(-1);
  const chosen = options.find((one) => one.code === value)?.label ?? value;
  const matching = open ? found(options, typed ?? '') : [];
  const shown = matching.slice(0, shownMax);
  const optionId = (index: number) => `${id}-option-${index}`;

  function close() {
    setOpen(false);
    move(-1);
  }
  function choose(option: Option) {
    change(option.code);
    type(null);
    close();
  }
  function step(by: number) {
    setOpen(true);
    const count = open ? shown.length : Math.min(options.length, shownMax);
    if (count === 0) return;
    const next = at < 0 && by < 0 ? count - 1 : (at + by + count) % count;
    move(next);
    requestAnimationFrame(() => document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' }));
  }
  function press(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && open) {
      const option = shown[at] ?? (shown.length === 1 ? shown[0] : undefined);
      if (option === undefined) return;
      event.preventDefault();
      choose(option);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      close();
    }
  }
  return (
    <div class="combobox">
      <input id={id} class="ds-input" type="text" role="combobox" autocomplete="off" spellcheck={false} placeholder={t('form.search')}
        aria-autocomplete="list" aria-expanded={shown.length > 0} aria-controls={`${id}-list`} aria-activedescendant={at >= 0 ? optionId(at) : undefined}
        aria-describedby={described} aria-invalid={wrong ? true : undefined} value={typed ?? chosen}
        onInput={(event) => {
          const text = event.currentTarget.value;
          type(text);
          change(codeOf(options, text));
          setOpen(true);
          move(-1);
        }}
        onFocus={(event) => event.currentTarget.select()} onClick={() => setOpen(true)} onKeyDown={press}
        onBlur={() => {
          type(null);
          close();
        }} />
      {shown.length > 0 && (
        <ul id={`${id}-list`} role="listbox" aria-label={label} class="combobox__list">
          {shown.map((option, index) => (
            <li key={option.code} id={optionId(index)} role="option" aria-selected={option.code === value} data-at={index === at ? true : undefined}
              onMouseDown={(event) => {
                event.preventDefault(); // the input keeps the focus
                choose(option);
              }}>{option.label}</li>
          ))}
        </ul>
      )}
      <span class={shown.length > 0 ? 'hidden' : 'quiet small'} role="status">{open ? t('form.found', { n: matching.length }) : ''}</span>
      {open && matching.length > shown.length && <p class="quiet small">{t('form.found_more', { n: shown.length, of: matching.length })}</p>}
    </div>
  );
}
