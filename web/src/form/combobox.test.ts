import { describe, expect, it } from 'vitest';
import { codeOf, found } from './combobox';

const options = [
  { code: '2142', label: 'Civil engineers' }, { code: '2144', label: 'Mechanical engineers' }, { code: '7212', label: 'Welders' },
  { code: '3115', label: 'Engineering technicians' },
];

describe('a long list', () => {
  it('offers what begins so before what holds it, whatever the case of letters', () => {
    expect(found(options, 'ENGIN').map((one) => one.code)).toEqual(['3115', '2142', '2144']);
    expect(found(options, '21').map((one) => one.code)).toEqual(['2142', '2144']);
    expect(found(options, ' ').length).toBe(4);
    expect(found(options, 'baker')).toEqual([]);
  });
  it('takes a code or a whole name, and leaves the rest as it was typed', () => {
    expect(codeOf(options, '7212')).toBe('7212');
    expect(codeOf(options, ' welders ')).toBe('7212');
    expect(codeOf(options, 'weld')).toBe('weld');
  });
  it('is found without the marks of its letters, in every language', () => {
    const countries = [{ code: 'TR', label: 'Türkiye' }, { code: 'AL', label: 'Әлбания' }, { code: 'KG', label: 'Қырғызстан' }, { code: 'IN', label: 'Үндістан' }];
    const codes = (typed: string) => found(countries, typed).map((one) => one.code);
    for (const typed of ['Turk', 'turkiye', 'TÜRKİYE', 'Tu\u0308rk', 'türk']) expect(codes(typed)).toEqual(['TR']);
    expect(codes('Алб')).toEqual(['AL']);
    expect(codes('кыргыз')).toEqual(['KG']);
    expect(codes('Ундистан')).toEqual(['IN']);
    expect(codes('ғызс')).toEqual(['KG']);
    expect(codeOf(countries, 'turkiye')).toBe('TR');
  });
  it('tells names apart that differ by a mark only', () => {
    const names = [{ code: '1', label: 'Кала' }, { code: '2', label: 'Қала' }];
    expect(codeOf(names, 'қала')).toBe('2');
    expect(codeOf(names, 'кала')).toBe('1');
  });
});
