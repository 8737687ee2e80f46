/** For development only: every picture with made-up numbers, in the language of the portal. Not part of the built product. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Page } from '../frame/page';
import { language } from '../words/words';
import * as pictures from './index';
import type { RuleNode } from './rule_tree';
import type { Language } from './say';
import { tiles } from './tiles';
import type { StateOf } from './state_layout';

const today = '2026-06-10';

const states: StateOf[] = [
  { state: 'draft', label: 'Being prepared', final: false, actions: [{ label: 'Submit', to: 'examined' }, { label: 'Discard', to: 'withdrawn' }] },
  { state: 'examined', label: 'Under examination', final: false, actions: [
    { label: 'Grant', to: 'granted' }, { label: 'Refuse', to: 'refused' }, { label: 'Withdraw', to: 'withdrawn' }, { label: 'Send back', to: 'draft' }] },
  { state: 'granted', label: 'Granted, fee to be paid', final: false, actions: [{ label: 'Record the payment', to: 'paid' }, { label: 'Lapse', to: 'lapsed' }] },
  { state: 'paid', label: 'Paid', final: false, actions: [{ label: 'Issue', to: 'in_force' }] },
  { state: 'in_force', label: 'In force', final: false, actions: [{ label: 'Expire', to: 'expired' }, { label: 'Extend', to: 'in_force' }, { label: 'Revoke', to: 'ended' }] },
  { state: 'refused', label: 'Refused', final: true, actions: [] },
  { state: 'withdrawn', label: 'Withdrawn', final: true, actions: [] },
  { state: 'lapsed', label: 'Lapsed', final: true, actions: [] },
  { state: 'expired', label: 'Expired', final: true, actions: [] },
  { state: 'ended', label: 'Revoked', final: true, actions: [] },
];

const tree: RuleNode[] = [
  { text: 'The applicant may be given the permit', verdict: 'fails', children: [
    { text: 'The share of local staff is kept', verdict: 'holds', by: [{ text: 'Order 559 p. 7', confidence: 'read' }], children: [
      { text: 'Local specialists: 14', verdict: 'note' }, { text: 'Foreign specialists: 2', verdict: 'note' }] },
    { text: 'The vacancy stood open for fifteen working days', verdict: 'fails', by: [{ text: 'Order 279 p. 10', confidence: 'reported' }] },
    { text: 'The employer is not barred', verdict: 'open', by: [{ text: 'LMP art. 6(4)', confidence: 'unverified' }] },
    { text: 'The old rule of 2012', verdict: 'overruled' }] },
];

function regions() {
  return tiles.map((tile, i) => ({ iso: tile.iso, name: tile.kk, used: (i * 37) % 101, limit: i === 7 ? 0 : 100, href: `/app/gallery?region=${tile.iso}` }));
}

function week(year: number, n: number, committed: number) {
  return { monday: new Date(Date.UTC(year, 0, 5 + n * 7)).toISOString().slice(0, 10), limit: 1200, held: 40, committed };
}

const rules = [
  { number: 1, depth: 0, value: '5 calendar days', from: '2011-08-17', until: '2016-12-31', by: [{ text: 'LMP art. 6(4)', confidence: 'read' }] },
  { number: 2, depth: 0, value: '3 working days', from: '2017-01-01', by: [{ text: 'LMP art. 6(4)', confidence: 'reported' }] },
  { number: 3, depth: 1, value: '30 days', when: 'citizenship is of the Union', from: '2015-01-01', by: [{ text: 'TEAEU art. 97(6)', confidence: 'read' }] },
];

function StayTrial({ code }: { code: Language }): JSX.Element {
  const [until, setUntil] = useState('2026-07-20');
  return (
    <>
      <p><label>Until <input type="date" value={until} onInput={(event) => setUntil(event.currentTarget.value)} /></label></p>
      <pictures.StayStrip language={code} today={today} stays={[{ from: '2026-01-20', until: '2026-02-10' }, { from: '2026-04-28' }]}
        whatIf={{ from: '2026-07-01', until }} />
    </>
  );
}

export default function Gallery(): JSX.Element {
  const code = language.value;
  return (
    <Page title="Pictures" wide>
      <h2>QuotaBar</h2>
      <pictures.QuotaBar language={code} balance={{ limit: 1240, used: 812, held: 96, free: 332, reserve: 150 }} links={{ used: '/app/gallery?used' }} />
      <h2>ShareGauge</h2>
      <pictures.ShareGauge language={code} local={29} foreign={6} least={70} mayHire={6} />
      <pictures.ShareGauge language={code} local={8} foreign={2} least={90} mayHire={0} />
      <h2>ExpiryTimeline</h2>
      <pictures.ExpiryTimeline language={code} today={today} items={[
        { label: 'Dilshod Rahimov', until: '2026-06-22', href: '/app/gallery?1' }, { label: 'Anil Sharma, software developer', until: '2026-12-01' },
        { label: 'Permit T0TX1Z', until: '2026-06-01' }, { label: 'Gulnora Saidova', until: '2027-03-15' }]} />
      <h2>StayStrip</h2>
      <StayTrial code={code} />
      <h2>TileMap</h2>
      <pictures.TileMap language={code} regions={regions()} chosen="KZ-75" />
      <h2>BurnUp</h2>
      <pictures.BurnUp language={code} year={2026} today={today} weeks={[week(2026, 0, 12), week(2026, 4, 160), week(2026, 9, 420), week(2026, 17, 640), week(2026, 21, 812)]}
        lastYear={[week(2025, 1, 40), week(2025, 8, 300), week(2025, 20, 720), week(2025, 30, 900), week(2025, 45, 1100)]} />
      <h2>Ageing</h2>
      <pictures.Ageing language={code} today={today} due={['2026-06-08', '2026-06-10', '2026-06-11', '2026-06-15', '2026-06-15', '2026-06-19', '2026-07-01', undefined]}
        links={{ late: '/app/gallery?late' }} />
      <h2>NormTimeline</h2>
      <pictures.NormTimeline language={code} on={today} rules={rules} />
      <h2>RuleTree</h2>
      <pictures.RuleTree language={code} roots={tree} />
      <h2>StateDiagram</h2>
      <pictures.StateDiagram language={code} states={states} current="examined" past={['draft']} />
      <pictures.StateDiagram language={code} states={states} />
      <h2>Needs</h2>
      <pictures.Needs language={code} most={4} needs={[
        { label: 'Housing', before: 4, after: 1 }, { label: 'Language', before: 3, after: 3 }, { label: 'Work', before: 2, after: 3 }, { label: 'Health', before: 1 }]} />
    </Page>
  );
}
