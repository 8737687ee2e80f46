import type { ComponentChildren } from 'preact';

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'accent';

const marks: Record<Tone, string> = { neutral: '', good: '✓', warn: '!', bad: '✕', accent: '' };

/** A state in a word, with a mark beside the colour. */
export function Tag({ tone = 'neutral', children }: { tone?: Tone; children: ComponentChildren }) {
  return (
    <span class="tag" data-tone={tone}>
      {marks[tone] !== '' && <span aria-hidden="true">{marks[tone]} </span>}
      {children}
    </span>
  );
}
