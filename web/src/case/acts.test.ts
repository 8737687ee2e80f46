import { expect, it, vi } from 'vitest';
import { costsAfter, inOrder, mainAct, nameOf, turnAfter, turnIn, weightOf } from './acts';
import { stepOf, type CaseData } from './case_data';
import { isBlocked } from './foreseen';

vi.mock('../api/client', () => ({ api: {} })); // nothing is asked of the server here

const act = (action: string, to: string, roles: string[], fills = false) => ({ action, label: action, to, roles, fills, files: fills, asks: [] });
const check = (action: string, own: boolean, amount?: string) => ({
  action, label: action, own, requirements: [], foreseen: [], charges: amount ? [{ state: 'known', label: `Fee of ${action}`, amount, needs: [] }] : [],
});

/** An application that is granted for a fee, or withdrawn; a vacancy that is filled. */
function dataOf(state: string, possible: boolean): CaseData {
  const states = [
    { state: 'draft', final: false, rests: false, actions: [act('discard', 'closed', ['employer']), act('submit', 'examined', ['employer'], true)] },
    { state: 'examined', final: false, rests: false, actions: [act('grant', 'granted', ['office']), act('hire', 'filled', ['employer']), act('withdraw', 'closed', ['employer'])] },
    { state: 'granted', final: false, rests: false, actions: [act('pay', 'paid', ['treasury'])] },
    ...['closed', 'filled', 'paid'].map((name) => ({ state: name, final: true, rests: false, actions: [] })),
  ];
  const mine = states.find((one) => one.state === state)?.actions.filter((one) => one.roles.includes('employer')) ?? [];
  return {
    seen: { role: 'employer', case: { state }, actions: mine.map(({ action, label }) => ({ action, label, asks: [], possible: action !== 'submit' || possible })) },
    sheet: { charges: [], checks: [check('submit', true), check('discard', true), check('grant', false, '100'), check('extend', false, '7')] },
    procedure: {
      states, way: ['submit', 'grant', 'pay'].map((what) => ({ who: '', what })),
      roles: [['employer', 'party'], ['office', 'office'], ['treasury', 'other'], ['clock', 'clock']].map(([role, kind]) => ({ role, kind, label: `the ${role}` })),
    },
  } as unknown as CaseData;
}

it('puts what leads on first, and what ends the case last', () => {
  expect(inOrder(dataOf('draft', true)).map((one) => [one.act.action, one.weight])).toEqual([['submit', 'main'], ['discard', 'ending']]);
  expect(weightOf(dataOf('examined', true), { action: 'withdraw', label: 'withdraw' })).toBe('ending');
  expect(mainAct(dataOf('draft', false))?.possible).toBe(false);
});
it('takes an end to which one state alone leads for a result', () => expect(weightOf(dataOf('examined', true), { action: 'hire', label: 'hire' })).toBe('other'));
it('tells whose turn it is after an act, and what the way costs from it on', () => {
  const data = dataOf('draft', true);
  expect(turnAfter(data, 'submit')).toEqual({ yours: [], who: ['the office'] });
  expect(turnAfter(data, 'discard')).toEqual({ yours: [], who: [] });
  expect(costsAfter(data, 'submit').map((one) => one.amount)).toEqual(['100']);
  expect(costsAfter(data, 'discard')).toEqual([]);
});
it('leaves the turn with the reader where an office only may do something besides', () => {
  const data = dataOf('draft', true);
  const posted = {
    state: 'posted', label: 'posted', final: false, rests: false,
    actions: [act('refer', 'posted', ['office']), act('finish', 'filled', ['employer'], true), act('take_back', 'closed', ['employer'])],
  };
  const states = [...data.procedure.states, posted];
  const known = { ...data, procedure: { ...data.procedure, states } };
  expect(turnIn(known, 'posted').yours.map((one) => one.label)).toEqual(['finish']);
  expect(turnIn({ ...known, seen: { ...data.seen, role: 'office' } }, 'posted')).toEqual({ yours: [], who: ['the employer'] });
  expect(turnIn(data, 'paid')).toEqual({ yours: [], who: [] });
});
it('puts behind the rest, and names so, what has been done in this state already', () => {
  const data = dataOf('examined', true);
  const record = { ...act('record', 'examined', ['employer']), asks: ['workers.fits'], possible: true };
  data.procedure.states.find((one) => one.state === 'examined')?.actions.unshift(record);
  data.seen.actions?.unshift(record);
  data.seen.case.facts = [];
  const order = () => inOrder(data).map((one) => one.act.action);
  expect(order()).toEqual(['record', 'hire', 'withdraw']);
  expect(nameOf(data, record)).toBe('record');
  data.seen.case.facts = [{ path: 'workers[1].fits', json: 'true', source: 'office', by: 'office', on: '2026-09-01' }];
  expect(order()).toEqual(['hire', 'record', 'withdraw']);
  expect(nameOf(data, record)).not.toBe('record');
});
it('counts the steps that apply, documents and check among them', () => {
  const seen = { forms: ['a', 'c'].map((form) => ({ form, label: form, asks: [], missing: [] })), documents: [{ kind: 'd', label: 'd', attached: false }] };
  expect(['/forms/a', '/forms/c', '/documents', '/check'].map((one) => stepOf(seen, one))).toEqual([1, 2, 3, 4].map((n) => ({ n, after: 4 - n })));
  expect(stepOf({ forms: seen.forms, documents: [] }, '/check')).toEqual({ n: 3, after: 0 });
});
it('knows that a foreseen ground stands beside a requirement that is not met', () => {
  const sheetOf = (state: string) => ({
    checks: [{ own: true, foreseen: [{ label: 'g', by: [], facts: [] }], requirements: [{ state, needs: [] }] }],
  }) as unknown as CaseData['sheet'];
  expect(isBlocked(sheetOf('unmet'))).toBe(true);
  expect(isBlocked(sheetOf('met'))).toBe(false);
});
