import { describe, expect, it } from 'vitest';
import { verifyKept } from './consistency';
import { base64, events, keyText, leafOf, noteOf, origin, rootOf, sha256, split } from './journal_of_tests';

const leaves = events.map(leafOf);
const noteAt = (size: number) => noteOf(size, rootOf(leaves.slice(0, size)));

/** RFC 9162 section 2.1.4.1. */
function proofFrom(kept: number, all: Uint8Array[], whole = true): Uint8Array[] {
  if (kept === all.length) return whole ? [] : [rootOf(all)];
  const half = split(all.length);
  return kept <= half
    ? [...proofFrom(kept, all.slice(0, half), whole), rootOf(all.slice(half))]
    : [...proofFrom(kept - half, all.slice(half), false), rootOf(all.slice(0, half))];
}
function answerOf(kept: number, now: number): string {
  const proof = proofFrom(kept, leaves.slice(0, now)).map((hash) => `${base64(hash)}\n`).join('');
  return `koshi consistency 1\n${proof}\n${noteAt(kept)}\n${noteAt(now)}`;
}
async function faultOf(note: string, answer: string, keys = [keyText]): Promise<string> {
  const verdict = await verifyKept(note, origin, keys, () => Promise.resolve(answer));
  return verdict.good ? 'good' : verdict.fault;
}

describe('a kept state', () => {
  it('is gone on from by journals of every size', async () => {
    for (let now = 1; now <= events.length; ++now) {
      for (let kept = 1; kept <= now; ++kept) expect(await faultOf(noteAt(kept), answerOf(kept, now)), `${kept} of ${now}`).toBe('good');
    }
  });

  it('asks for the proof from its own size, and tells both', async () => {
    const asked: number[] = [];
    const verdict = await verifyKept(noteAt(7).replaceAll('\n', '\r\n'), origin, [keyText], (size) => {
      asked.push(size);
      return Promise.resolve(answerOf(7, 21));
    });
    expect(asked).toEqual([7]);
    expect(verdict.good && [verdict.kept.size, verdict.now.size]).toEqual([7, 21]);
  });

  it('is not gone on from by a journal in which an act was changed', async () => {
    const other = leaves.with(3, leafOf(sha256(Uint8Array.of(99))));
    const proof = proofFrom(7, other).map((hash) => `${base64(hash)}\n`).join('');
    const answer = `koshi consistency 1\n${proof}\n${noteOf(7, rootOf(other.slice(0, 7)))}\n${noteOf(21, rootOf(other))}`;
    expect(await faultOf(noteAt(7), answer)).toBe('not_consistent');
  });

  it('is not gone on from by a shorter journal, nor by one of its size with another root', async () => {
    expect(await faultOf(noteAt(9), answerOf(4, 8))).toBe('not_consistent');
    expect(await faultOf(noteAt(9), `koshi consistency 1\n\n${noteAt(9)}\n${noteOf(9, sha256(Uint8Array.of(1)))}`)).toBe('not_consistent');
  });

  it('needs each hash of the proof, and no more', async () => {
    const lines = answerOf(7, 21).split('\n');
    expect(await faultOf(noteAt(7), [...lines.slice(0, 1), ...lines.slice(2)].join('\n'))).not.toBe('good');
    expect(await faultOf(noteAt(7), [...lines.slice(0, 2), lines[1], ...lines.slice(2)].join('\n'))).not.toBe('good');
  });

  it('was signed, and so was the journal of now', async () => {
    expect(await faultOf(noteAt(7).replace('\n7\n', '\n8\n'), answerOf(8, 21))).toBe('bad_signature');
    const answer = answerOf(7, 21);
    expect(await faultOf(noteAt(7), answer.replace(/\n21\n/, '\n22\n'))).toBe('bad_signature');
    expect(await faultOf(noteAt(7), answer, [])).toBe('unknown_key');
    for (const text of ['', 'koshi consistency 2\n', 'koshi consistency 1\n\n', '{"status":422}']) expect(await faultOf(noteAt(7), text)).toBe('malformed');
  });
});
