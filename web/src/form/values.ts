// What stands in a form's inputs, as text, and what of it is said to the server. Every kind of fact that the law has is here.
import type { Schemas } from '../api/client';
import type { Holes } from '../words/words';

export type Field = Schemas['Field'];
export type Fields = Schemas['Fields'];
export type Fact = Schemas['Case']['facts'][number];

export type Member = Record<string, string>;
/** By path; a list by its path, its members by what stands behind the brackets. */
export interface Values {
  single: Record<string, string>;
  lists: Record<string, Member[]>;
}

/** A field by itself, or all that is asked of each member of a list. */
export type Asked = { field: Field } | { list: string; label: string; fields: { rest: string; field: Field }[] };

/** In the order in which the law asks; what is asked of one list stands together. */
export function askedOf(fields: Fields, paths: readonly string[]): Asked[] {
  const asked: Asked[] = [];
  for (const path of paths) {
    const field = fields.fields.find((one) => one.fact === path);
    if (field === undefined) continue;
    if (field.list === undefined) {
      asked.push({ field });
      continue;
    }
    const rest = path.slice(field.list.length + '[].'.length);
    const known = asked.find((one) => 'list' in one && one.list === field.list);
    if (known && 'list' in known) known.fields.push({ rest, field });
    else asked.push({ list: field.list, label: field.list_label ?? field.list, fields: [{ rest, field }] });
  }
  return asked;
}

function textOf(value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** {person: {name: "A"}} → {"person.name": "A"} */
function flatten(value: unknown, path: string, into: Member): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) flatten(inner, path === '' ? key : `${path}.${key}`, into);
  } else if (!Array.isArray(value)) {
    into[path] = textOf(value);
  }
}

/** What the case says already. What was said of single members by others stays apart: it is not the list's. */
export function valuesOf(facts: readonly Fact[]): Values {
  const values: Values = { single: {}, lists: {} };
  for (const fact of facts) {
    if (fact.path.includes('[')) continue;
    const value: unknown = JSON.parse(fact.json);
    if (Array.isArray(value)) {
      values.lists[fact.path] = value.map((member) => {
        const flat: Member = {};
        flatten(member, '', flat);
        return flat;
      });
    } else {
      flatten(value, fact.path, values.single);
    }
  }
  return values;
}

export type Wrong =
  | 'form.not_a_number' | 'form.not_whole' | 'form.not_a_date' | 'form.not_a_choice' | 'form.not_digits' | 'form.not_so_many' | 'form.not_so_written';
/** `holes`: what the phrase of what is wrong tells besides. */
export type Read = { json: unknown } | { wrong: Wrong; holes?: Holes } | null;

/** "1 234,5" and "1,234.5" alike, where only one reading is possible; null for what is no number. */
export function numberText(text: string): string | null {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '');
  const plain = /,\d{3}(?:\D|$)/.test(bare) && bare.includes('.') ? bare.replaceAll(',', '') : bare.replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null;
}

/** A text into what the server takes; null: nothing was said. Numbers stay as they are written, so that no digit is lost. */
export function readText(field: Field, text: string): Read {
  const said = text.trim();
  if (said === '') return null;
  if (said === 'none' && field.or_none) return { json: null };
  switch (field.kind) {
    case 'yes_no':
      return said === 'yes' || said === 'no' ? { json: said === 'yes' } : { wrong: 'form.not_a_choice' };
    case 'whole':
    case 'days': {
      const plain = numberText(said);
      if (plain === null) return { wrong: 'form.not_a_number' };
      return /^-?\d+$/.test(plain) ? { json: plain } : { wrong: 'form.not_whole' };
    }
    case 'decimal':
    case 'money': {
      const plain = numberText(said);
      return plain === null ? { wrong: 'form.not_a_number' } : { json: plain };
    }
    case 'date': {
      const iso = isoDate(said);
      return iso === null ? { wrong: 'form.not_a_date' } : { json: iso };
    }
    default:
      return shapedText(field, said);
  }
}

/** A text of which the law says how it is written: numbers of people and firms are often copied in groups, so spaces are not told as wrong. */
function shapedText(field: Field, said: string): Read {
  if (field.pattern === undefined || field.pattern === '') return { json: said };
  const isNumeric = field.mode === 'numeric';
  const bare = isNumeric ? said.replace(/[\s\u00a0\u202f]/g, '') : said;
  if (new RegExp(`^(?:${field.pattern})$`, 'u').test(bare)) return { json: bare };
  if (!isNumeric || field.length === undefined) return { wrong: 'form.not_so_written' };
  if (!/^\d*$/.test(bare)) return { wrong: 'form.not_digits', holes: { n: field.length } };
  return { wrong: 'form.not_so_many', holes: { n: field.length, got: bare.length } };
}

/** "2026-03-01", "01.03.2026" or "1/3/2026" (day first); null for a day that does not exist. */
export function isoDate(text: string): string | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const european = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
  const [year, month, day] = parts ? [parts[1], parts[2], parts[3]] : european ? [european[3], european[2], european[1]] : [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const moment = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== iso ? null : iso;
}

export interface Said {
  facts: Record<string, unknown>;
  /** What was known and is empty now. */
  remove: string[];
  problems: { path: string; wrong: Wrong; holes?: Holes }[];
}

/** What a form says. `known` are the paths that the case holds as declared: emptied ones are to be forgotten. */
export function readForm(asked: readonly Asked[], values: Values, known: ReadonlySet<string>): Said {
  const said: Said = { facts: {}, remove: [], problems: [] };
  for (const one of asked) {
    if ('field' in one) {
      const read = readText(one.field, values.single[one.field.fact] ?? '');
      if (read === null) {
        if (known.has(one.field.fact)) said.remove.push(one.field.fact);
      } else if ('wrong' in read) said.problems.push({ path: one.field.fact, ...read });
      else said.facts[one.field.fact] = read.json;
    } else {
      readList(one, values.lists[one.list], said);
      if (!(one.list in said.facts) && known.has(one.list)) said.remove.push(one.list);
    }
  }
  return said;
}

/** A list of no members says that there is nobody; one whose members are all empty says nothing. */
function readList(asked: Extract<Asked, { list: string }>, members: readonly Member[] | undefined, said: Said): void {
  const spoken = (members ?? []).filter((member) => Object.values(member).some((text) => text.trim() !== ''));
  if (members === undefined || (spoken.length === 0 && members.length > 0)) return;
  said.facts[asked.list] = spoken.map((member, index) => {
    const json: Record<string, unknown> = {};
    for (const [rest, text] of Object.entries(member)) {
      const field = asked.fields.find((one) => one.rest === rest)?.field;
      if (field === undefined) {
        // Another form asks this of the same member: it is carried along as it was.
        if (text !== '') json[rest] = text === 'none' ? null : text === 'yes' ? true : text === 'no' ? false : text;
        continue;
      }
      const read = readText(field, text);
      if (read === null) continue;
      if ('wrong' in read) said.problems.push({ path: memberPath(asked.list, index, rest), ...read });
      else json[rest] = read.json;
    }
    return json;
  });
}

export function memberPath(list: string, index: number, rest: string): string {
  return `${list}[${index}].${rest}`;
}
