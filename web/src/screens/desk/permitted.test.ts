import { describe, expect, it } from 'vitest';
import { hasNewWorkers, inForceSince } from './permitted';

const paper = (name: string, on: string) => ({ name, on, label: name, number: `${name}/${on}` });
const until = (on: string) => ({ path: 'valid_until', json: '"2027-03-16"', source: 'effect' as const, by: 'akimat', on });

describe('a permit', () => {
  it('is in force from the day on which it was issued, though the grant was told before', () => {
    const papers = [paper('grant_notice', '2026-03-10'), paper('permit', '2026-03-16')];
    expect(inForceSince({ facts: [until('2026-03-16')], papers }, 'valid_until')).toBe('2026-03-16');
    expect(inForceSince({ facts: [], papers: papers.slice(0, 1) }, 'valid_until')).toBeUndefined();
  });
  it('that was extended is no new one', () => {
    const papers = [paper('permit', '2025-10-21'), paper('extension_notice', '2026-09-09'), paper('permit', '2026-09-14')];
    expect(inForceSince({ facts: [until('2026-09-14')], papers }, 'valid_until')).toBe('2025-10-21');
  });
  it('granted and issued on one day is told by its last paper', () => {
    const papers = [paper('grant_notice', '2026-09-14'), paper('permit', '2026-09-14')];
    expect(inForceSince({ facts: [until('2026-09-14')], papers }, 'valid_until')).toBe('2026-09-14');
  });
  it('is looked for among applications of the same kind, of the last months, that no office is late with', () => {
    const row = { procedure: 'work_permit', filed: '2026-08-17' };
    expect(hasNewWorkers(row, 'work_permit', '2026-09-10')).toBe(true);
    expect(hasNewWorkers(row, 'work_permit', '2027-03-10')).toBe(false);
    expect(hasNewWorkers({ ...row, late: '2026-08-27' }, 'work_permit', '2026-09-10')).toBe(false);
    expect(hasNewWorkers(row, 'intra_corporate_transfer', '2026-09-10')).toBe(false);
  });
});
