/**
 * Rules and what became of them, as a tree that opens and closes: every line says its verdict in words and by a mark, and cites its article.
 * It is made of <details>, so that the keyboard and the reader's voice know it already.
 */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { csv, download, type Table } from './table';
import { TableView } from './frame';
import { say, type Language } from './say';
import { wordsOf, type PictureWords } from './words';

export type Verdict = 'holds' | 'fails' | 'open' | 'overruled' | 'note';

export interface RuleNode {
  text: string;
  verdict: Verdict;
  by?: { text: string; href?: string; confidence?: string }[];
  children?: RuleNode[];
}

export interface RuleTreeProps {
  language: Language;
  roots: RuleNode[];
  /** Open at first down to this depth; what fails is always open. */
  openTo?: number;
  file?: string;
}

/** A tree of the law is not this deep; what would be deeper is left out. */
export const mostDepth = 24;

const marks: Record<Verdict, string> = {
  holds: 'M3 8.5l3.2 3.2L13 4.8', fails: 'M4 4l8 8M12 4l-8 8', open: 'M8 12.4v.1M5.6 6a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.9-1.1 1.7', overruled: 'M3 8h10', note: 'M8 8h.1',
};

function Mark({ verdict }: { verdict: Verdict }): JSX.Element {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" class={`tree-mark is-${verdict}`}>
      <path d={marks[verdict]} />
    </svg>
  );
}

function hasFailed(node: RuleNode, depth = 0): boolean {
  return node.verdict === 'fails' || (depth < mostDepth && (node.children ?? []).some((child) => hasFailed(child, depth + 1)));
}

function Line({ node, words }: { node: RuleNode; words: PictureWords }): JSX.Element {
  return (
    <span class="tree-line">
      <Mark verdict={node.verdict} />
      {node.verdict !== 'note' && <span class={`tree-verdict is-${node.verdict}`}>{words.rules[node.verdict]}</span>}
      <span class="tree-text">{node.text}</span>
      {(node.by ?? []).map((one) => (
        <cite key={one.text} class={`tree-cite is-${one.confidence ?? 'read'}`}>{one.href ? <a href={one.href}>{one.text}</a> : one.text}</cite>
      ))}
    </span>
  );
}

function Branch({ node, depth, openTo, words }: { node: RuleNode; depth: number; openTo: number; words: PictureWords }): JSX.Element {
  const children = depth < mostDepth ? (node.children ?? []) : [];
  if (children.length === 0) return <li class="tree-leaf"><Line node={node} words={words} /></li>;
  return (
    <li>
      <details open={depth < openTo || hasFailed(node)}>
        <summary><Line node={node} words={words} /></summary>
        <ul class="tree-list">
          {children.map((child, i) => <Branch key={i} node={child} depth={depth + 1} openTo={openTo} words={words} />)}
        </ul>
      </details>
    </li>
  );
}

/** Every line with its depth, in reading order. */
export function flattened(roots: RuleNode[], depth = 0): { node: RuleNode; depth: number }[] {
  if (depth > mostDepth) return [];
  return roots.flatMap((node) => [{ node, depth }, ...flattened(node.children ?? [], depth + 1)]);
}

export function RuleTree({ language, roots, openTo = 1, file = 'rules' }: RuleTreeProps): JSX.Element {
  const words = wordsOf(language);
  const tree = useRef<HTMLUListElement>(null);
  const lines = flattened(roots).filter(({ node }) => node.verdict !== 'note');
  const count = (verdict: Verdict) => lines.filter(({ node }) => node.verdict === verdict).length;
  if (roots.length === 0) return <p class="picture-empty">{words.rules.empty}</p>;
  const sentence = words.rules.sentence(say(language), { all: lines.length, holds: count('holds'), fails: count('fails'), open: count('open') });
  const setAll = (open: boolean) => tree.current?.querySelectorAll('details').forEach((one) => (one.open = open));
  const table: Table = {
    columns: [{ label: words.rules.rule }, { label: words.rules.verdict }, { label: words.rules.article }],
    rows: lines.map(({ node, depth }) => [
      `${'  '.repeat(depth)}${node.text}`, node.verdict === 'note' ? '' : words.rules[node.verdict], (node.by ?? []).map((one) => one.text).join('; '),
    ]),
  };
  return (
    <figure class="picture" lang={language}>
      <figcaption class="picture-sentence">{sentence}</figcaption>
      <p class="tree-buttons">
        <button type="button" class="picture-csv" onClick={() => setAll(true)}>{words.rules.openAll}</button>
        <button type="button" class="picture-csv" onClick={() => setAll(false)}>{words.rules.closeAll}</button>
      </p>
      <ul class="tree-list tree-root" ref={tree} aria-label={words.rules.name}>
        {roots.map((node, i) => <Branch key={i} node={node} depth={0} openTo={openTo} words={words} />)}
      </ul>
      <details class="picture-details">
        <summary>{words.frame.table}</summary>
        <TableView table={table} caption={words.rules.name} />
        <button type="button" class="picture-csv" onClick={() => download(`${file}.csv`, csv(table))}>{words.frame.csv}</button>
      </details>
    </figure>
  );
}
