import { describe, expect, it } from 'vitest';
import { askedOf, isoDate, numberText, readForm, readText, valuesOf, type Field, type Fields, type Values } from './values';

const field = (fact: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ fact, label: fact, question: `${fact}?`, help: '', kind, or_none: false, ...more });
const fields: Fields = {
  fields: [
    field('headcount', 'whole'),
    field('workers[].person.name', 'text', { list: 'workers', list_label: 'Workers' }),
    field('workers[].skilled', 'yes_no', { list: 'workers', list_label: 'Workers' }),
    field('until', 'date', { or_none: true }),
  ],
  choices: {},
};

describe('what stands in a form', () => {
  it('keeps what is asked of one list together, in the order of the law', () => {
    const asked = askedOf(fields, ['headcount', 'workers[].person.name', 'until', 'workers[].skilled', 'unknown']);
    expect(asked.map((one) => ('field' in one ? one.field.fact : [one.list, ...one.fields.map(({ rest }) => rest)]))).toEqual([
      'headcount', ['workers', 'person.name', 'skilled'], 'until',
    ]);
  });

  it('reads what the case says, members flat, and leaves out what others said of single members', () => {
    const fact = (path: string, json: string) => ({ path, json, source: 'declared' as const, by: 'employer', on: '2026-01-01' });
    const values = valuesOf([fact('headcount', '2'), fact('workers', '[{"person":{"name":"A"},"skilled":true}]'), fact('until', 'null'), fact('workers[0].attested', 'true')]);
    expect(values).toEqual({ single: { headcount: '2', until: 'none' }, lists: { workers: [{ 'person.name': 'A', skilled: 'yes' }] } });
  });

  it('comes back as the server takes it, numbers as they were written', () => {
    const asked = askedOf(fields, fields.fields.map((one) => one.fact));
    const typed: Values = {
      single: { headcount: ' 1 200 ', until: 'none' },
      lists: { workers: [{ 'person.name': 'A', skilled: 'no', other: 'kept' }, { 'person.name': '' }] },
    };
    const said = readForm(asked, typed, new Set());
    const workers = [{ 'person.name': 'A', skilled: false, other: 'kept' }];
    expect(said).toEqual({ facts: { headcount: '1200', until: null, workers }, remove: [], problems: [] });
  });

  it('says that nobody is on a list only where that was said', () => {
    const asked = askedOf(fields, ['workers[].person.name']);
    const read = (lists: Values['lists'], known: string[] = []) => readForm(asked, { single: {}, lists }, new Set(known));
    expect(read({}).facts).toEqual({});
    expect(read({ workers: [{ 'person.name': ' ' }] })).toEqual({ facts: {}, remove: [], problems: [] });
    expect(read({ workers: [] }).facts).toEqual({ workers: [] });
    expect(read({ workers: [{}] }, ['workers']).remove).toEqual(['workers']);
  });

  it('forgets what was known and is empty now, and only that', () => {
    const asked = askedOf(fields, ['headcount', 'until']);
    expect(readForm(asked, { single: {}, lists: {} }, new Set(['headcount'])).remove).toEqual(['headcount']);
  });

  it('takes a number as the server declares it, and says what is wrong with another', () => {
    const bin = field('bin', 'text', { pattern: '[0-9]{12}', mode: 'numeric', length: 12 });
    expect(readText(bin, ' 120 340 000 718 ')).toEqual({ json: '120340000718' });
    expect(readText(bin, '12034000071')).toEqual({ wrong: 'form.not_so_many', holes: { n: 12, got: 11 } });
    expect(readText(bin, '1203400007181')).toEqual({ wrong: 'form.not_so_many', holes: { n: 12, got: 13 } });
    expect(readText(bin, 'BIN120340000')).toEqual({ wrong: 'form.not_digits', holes: { n: 12 } });
    expect(readText(bin, '')).toBeNull();
    const plate = field('plate', 'text', { pattern: '[A-Z]{2}|[0-9]{3}' });
    expect(readText(plate, 'AB')).toEqual({ json: 'AB' });
    expect(readText(plate, '1234')).toEqual({ wrong: 'form.not_so_written' });
    expect(readText(field('name', 'text'), 'A 1')).toEqual({ json: 'A 1' });
  });

  it('tells of a field and of a member alike what is wrong with what the server declares', () => {
    const shaped: Fields = {
      fields: [field('bin', 'text', { pattern: '[0-9]{12}', mode: 'numeric', length: 12 }),
        field('workers[].iin', 'text', { list: 'workers', list_label: 'Workers', pattern: '[0-9]{12}', mode: 'numeric', length: 12 })],
      choices: {},
    };
    const said = readForm(askedOf(shaped, ['bin', 'workers[].iin']), { single: { bin: '7' }, lists: { workers: [{ iin: 'x' }] } }, new Set());
    expect(said.problems).toEqual([
      { path: 'bin', wrong: 'form.not_so_many', holes: { n: 12, got: 1 } },
      { path: 'workers[0].iin', wrong: 'form.not_digits', holes: { n: 12 } },
    ]);
  });

  it('names each input that cannot be taken', () => {
    const asked = askedOf(fields, ['headcount', 'until']);
    const said = readForm(asked, { single: { headcount: '2.5', until: 'soon' }, lists: {} }, new Set());
    expect(said.problems).toEqual([{ path: 'headcount', wrong: 'form.not_whole' }, { path: 'until', wrong: 'form.not_a_date' }]);
  });
});

describe('numbers and days as people write them', () => {
  it.each([['1 234,5', '1234.5'], ['1,234.5', '1234.5'], ['12.50', '12.50'], ['-3', '-3'], ['9007199254740993', '9007199254740993']])('%s is %s', (text, number) => {
    expect(numberText(text)).toBe(number);
  });
  it.each(['', 'two', '1.2.3', '1e5', '12%'])('%s is no number', (text) => expect(numberText(text)).toBeNull());
  it.each([['2026-02-28', '2026-02-28'], ['1.3.2026', '2026-03-01'], ['01/03/2026', '2026-03-01']])('%s is %s', (text, day) => expect(isoDate(text)).toBe(day));
  it.each(['2026-02-29', '31.04.2026', '2026-3-1', 'tomorrow'])('%s is no day', (text) => expect(isoDate(text)).toBeNull());
  it('says none only where the law allows it', () => {
    expect(readText(field('a', 'text', { or_none: true }), 'none')).toEqual({ json: null });
    expect(readText(field('a', 'text'), 'none')).toEqual({ json: 'none' });
  });
});
