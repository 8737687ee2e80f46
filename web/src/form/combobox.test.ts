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
});
