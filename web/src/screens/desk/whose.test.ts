import { describe, expect, it } from 'vitest';
import { owed, whoseIn } from './whose';

const act = (action: string, to: string, role: string, fills = false) => ({ action, label: action, to, files: false, fills, roles: [role], asks: [] });
const state = (name: string, actions: ReturnType<typeof act>[], rests = false) => ({ state: name, label: name, final: false, rests, actions });
const permit = {
  roles: [
    { role: 'employer', kind: 'party' as const, label: 'Employer' }, { role: 'akimat', kind: 'office' as const, label: 'Office' },
    { role: 'treasury', kind: 'other' as const, label: 'Treasury' }, { role: 'clock', kind: 'clock' as const, label: 'By itself' },
  ],
  way: [{ what: 'grant', who: 'Office', charges: ['Fee'] }, { what: 'pay', who: 'Treasury', charges: [] }],
  states: [
    state('examined', [act('examine', 'examined', 'akimat'), act('grant', 'granted', 'akimat'), act('withdraw', 'withdrawn', 'employer')]),
    state('granted', [act('pay', 'in_force', 'treasury'), act('decline', 'withdrawn', 'employer'), act('lapse', 'lapsed', 'clock')]),
    state('in_force', [act('give_back', 'returned', 'employer'), act('expire', 'expired', 'clock')], true),
    state('suspended', [act('resume', 'in_force', 'akimat'), act('expire', 'expired', 'clock')]),
    state('extension_draft', [act('file_extension', 'examined', 'employer', true), act('expire', 'expired', 'clock')]),
    state('to_be_put_right', [act('correct', 'examined', 'employer')]),
  ],
};
const whose = (name: string) => whoseIn(permit, name, 'employer');

describe('whose turn it is', () => {
  it('is the office’s while an office can lead on, whatever the party may do besides', () => {
    expect(whose('examined')).toEqual({ who: 'office', loses: false });
    expect(whose('suspended')).toEqual({ who: 'office', loses: true });
  });
  it('is of others where the payment is recorded, and the grant may be lost', () => expect(whose('granted')).toEqual({ who: 'others', loses: true }));
  it('is the party’s where it fills in, or where nobody else can lead on', () => {
    expect(whose('extension_draft')).toEqual({ who: 'yours', act: 'file_extension', loses: true });
    expect(whose('to_be_put_right')).toEqual({ who: 'yours', act: 'correct', loses: false });
  });
  it('is nobody’s where the case rests, or the state is not known', () => {
    expect(whose('in_force').who).toBe('nobody');
    expect(whose('elsewhere').who).toBe('nobody');
  });
});

it('counts what is open and goes to others', () => {
  const charges = [{ tiyn: 96_880_000, to: 'treasury' }, { tiyn: 500, to: 'treasury', paid: '2026-09-01' }, { tiyn: 700, to: 'employer', paid: null }];
  expect(owed(charges, 'employer')).toBe(968_800);
  expect(owed([], 'employer')).toBe(0);
});
