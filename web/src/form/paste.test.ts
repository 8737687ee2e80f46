import { describe, expect, it } from 'vitest';
import { columnsOf, membersOf, rowsOf, type Column } from './paste';
import type { Field } from './values';

const field = (fact: string, label: string, kind: Field['kind'], choices?: string): Field => ({
  fact, label, question: `${label}?`, help: '', kind, or_none: false, ...(choices ? { choices } : {}),
});
const columns: Column[] = [
  { rest: 'person.name', field: field('workers[].person.name', 'Full name', 'text') },
  { rest: 'person.nationality', field: field('workers[].person.nationality', 'Citizenship', 'choice', 'country') },
  { rest: 'skilled', field: field('workers[].skilled', 'Skilled', 'yes_no') },
  { rest: 'born', field: field('workers[].born', 'Born on', 'date') },
];
const choices = { country: [{ code: 'TR', label: 'Türkiye' }, { code: 'UZ', label: 'Uzbekistan' }, { code: 'UA', label: 'Ukraine' }] };

describe('rows', () => {
  it('come from a spreadsheet by tabs', () => expect(rowsOf('A\tB\r\nC\tD\n\n')).toEqual([['A', 'B'], ['C', 'D']]));
  it('come from a file by semicolons or commas, with quotes and a mark of order', () => {
    expect(rowsOf('\uFEFFA;"B; ""b"""\n')).toEqual([['A', 'B; "b"']]);
    expect(rowsOf('A,"two\nlines"')).toEqual([['A', 'two\nlines']]);
  });
});

describe('members', () => {
  it('are read in the order of the fields where no head names them', () => {
    expect(membersOf('Aziz\tUzbekistan\tyes\t1.3.1990', columns, choices)).toEqual({
      members: [{ 'person.name': 'Aziz', 'person.nationality': 'UZ', skilled: 'yes', born: '1.3.1990' }], unclear: [],
    });
  });
  it('follow the names of a head, in any order', () => {
    expect(columnsOf([['Skilled', 'FULL NAME', 'citizenship:']], columns)).toEqual({ at: [1, 2, 0, -1], hasHead: true });
    expect(membersOf('Citizenship;Full name\nTR;Ayşe', columns, choices).members).toEqual([{ 'person.name': 'Ayşe', 'person.nationality': 'TR' }]);
  });
  it('tell each cell that is not understood, with its place, and guess none', () => {
    const pasted = membersOf('A\tUz\nB\tU\nC\tMoon\nD\tTR\tperhaps\t30.2.1990', columns, choices);
    expect(pasted.members.map((member) => member['person.nationality'])).toEqual(['UZ', '', '', 'TR']);
    expect(pasted.unclear).toEqual([
      { index: 1, rest: 'person.nationality', text: 'U' },
      { index: 2, rest: 'person.nationality', text: 'Moon' },
      { index: 3, rest: 'skilled', text: 'perhaps' },
      { index: 3, rest: 'born', text: '30.2.1990' },
    ]);
  });
});
