// Rows of a spreadsheet as they are pasted or read from a file, into members of a list. Whoever pastes sees at once what fits and what not.
import type { Field, Fields, Member } from './values';
import { readText } from './values';

export interface Column {
  rest: string;
  field: Field;
}

/** Tab-separated as from a spreadsheet, else separated by semicolons or commas; quotes as in RFC 4180. */
export function rowsOf(text: string): string[][] {
  const bare = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const first = bare.slice(0, bare.indexOf('\n') < 0 ? undefined : bare.indexOf('\n'));
  const mark = first.includes('\t') ? '\t' : first.includes(';') ? ';' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < bare.length; ++i) {
    const c = bare[i];
    if (quoted) {
      if (c === '"' && bare[i + 1] === '"') {
        cell += '"';
        ++i;
      } else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === mark) {
      row.push(cell.trim());
      cell = '';
    } else if (c === '\n') {
      row.push(cell.trim());
      rows.push(row);
      row = [];
      cell = '';
    } else cell += c;
  }
  row.push(cell.trim());
  rows.push(row);
  return rows.filter((cells) => cells.some((one) => one !== ''));
}

const fold = (text: string) => text.toLocaleLowerCase().replace(/[\s.,:;()«»"'-]+/g, ' ').trim();

/** Which column of the rows holds which field: by the first row where it names them, else in the order of the fields. */
export function columnsOf(rows: readonly string[][], columns: readonly Column[]): { at: number[]; hasHead: boolean } {
  const head = (rows[0] ?? []).map(fold);
  const named = columns.map(({ field }) => head.findIndex((cell) => cell !== '' && (cell === fold(field.label) || cell === fold(field.question))));
  const hits = named.filter((at) => at >= 0).length;
  if (hits >= Math.max(1, Math.ceil(columns.length / 2))) return { at: named, hasHead: true };
  return { at: columns.map((_, index) => index), hasHead: false };
}

/** A cell as people write it, into what the input would hold: a choice by its name, yes and no in three languages. */
export function cellText(field: Field, choices: Fields['choices'], cell: string): string {
  const said = cell.trim();
  if (field.kind === 'choice' && field.choices !== undefined) {
    const members = choices[field.choices] ?? [];
    const wanted = fold(said);
    const exact = members.find((one) => one.code === said || fold(one.label) === wanted);
    const begun = members.filter((one) => fold(one.label).startsWith(wanted));
    return exact?.code ?? (wanted !== '' && begun.length === 1 ? (begun[0]?.code ?? said) : said);
  }
  if (field.kind === 'yes_no') {
    if (/^(yes|true|1|да|иә|ия)$/i.test(said)) return 'yes';
    if (/^(no|false|0|нет|жоқ)$/i.test(said)) return 'no';
  }
  return said;
}

export interface Pasted {
  members: Member[];
  /** Row and field of each cell that cannot be taken as it is; rows count from the first member. */
  unclear: { index: number; rest: string; text: string }[];
}

export function membersOf(text: string, columns: readonly Column[], choices: Fields['choices']): Pasted {
  return membersOfRows(rowsOf(text), columns, choices);
}

export function membersOfRows(rows: readonly string[][], columns: readonly Column[], choices: Fields['choices']): Pasted {
  const { at, hasHead } = columnsOf(rows, columns);
  const pasted: Pasted = { members: [], unclear: [] };
  for (const cells of rows.slice(hasHead ? 1 : 0)) {
    const member: Member = {};
    columns.forEach(({ rest, field }, place) => {
      const cell = cells[at[place] ?? -1] ?? '';
      if (cell === '') return;
      const said = cellText(field, choices, cell);
      const known = field.kind !== 'choice' || (choices[field.choices ?? ''] ?? []).some((one) => one.code === said);
      const read = readText(field, said);
      if (!known || (read !== null && 'wrong' in read)) pasted.unclear.push({ index: pasted.members.length, rest, text: cell });
      member[rest] = known ? said : '';
    });
    pasted.members.push(member);
  }
  return pasted;
}
