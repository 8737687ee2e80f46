import { beforeAll, describe, expect, it } from 'vitest';
import { base64, events, keyText, leafOf, noteOf, origin, proofOf, rootOf, sha256 } from './journal_of_tests';
import { fromBase64, fromHex, parseKey, parseReceipt, rootFromInclusion, verifyReceipt } from './receipt';

function receiptOf(sequence: number, size = events.length, note?: string): string {
  const leaves = events.slice(0, size).map(leafOf);
  const event = Buffer.from(events[sequence - 1] as Uint8Array).toString('hex');
  const proof = proofOf(leaves, sequence - 1).map((hash) => `${base64(hash)}\n`).join('');
  return `koshi receipt 1\nsequence ${sequence}\nevent ${event}\n\nc2sp.org/tlog-proof@v1\nindex ${sequence - 1}\n${proof}\n${note ?? noteOf(size, rootOf(leaves))}`;
}
async function faultOf(text: string, keys = [keyText], from = origin): Promise<string> {
  const verdict = await verifyReceipt(text, from, keys);
  return verdict.good ? 'good' : verdict.fault;
}

describe('a receipt', () => {
  it('is genuine at every place of trees of every size', async () => {
    for (let size = 1; size <= events.length; ++size) {
      for (let sequence = 1; sequence <= size; ++sequence) expect(await faultOf(receiptOf(sequence, size)), `${sequence} of ${size}`).toBe('good');
    }
  });
  it('tells where the act stands', async () => {
    const verdict = await verifyReceipt(receiptOf(7), origin, [keyText]);
    expect(verdict.good && [verdict.receipt.sequence, verdict.checkpoint.size, verdict.checkpoint.origin]).toEqual([7, 21, origin]);
  });
  it('survives what copying does to it', async () => {
    expect(await faultOf(`\n ${receiptOf(7).replaceAll('\n', '\r\n')}  \n`.trim())).toBe('good');
  });
});

describe('a receipt that was tampered with', () => {
  let good = '';
  beforeAll(() => {
    good = receiptOf(7);
  });
  it('fails when any one letter is changed', async () => {
    for (let i = 0; i < good.length; i += 3) {
      const letter = good[i] === 'A' ? 'B' : 'A';
      const verdict = await faultOf(good.slice(0, i) + letter + good.slice(i + 1));
      expect(verdict, `letter ${i}`).not.toBe('good');
    }
  });
  it('names another event or another place', async () => {
    expect(await faultOf(good.replace(/event .{8}/, 'event 00000000'))).toBe('not_included');
    expect(await faultOf(good.replace('sequence 7', 'sequence 8').replace('index 6', 'index 7'))).toBe('not_included');
    expect(await faultOf(good.replace('sequence 7', 'sequence 8'))).toBe('malformed');
    expect(await faultOf(receiptOf(7).replace('sequence 7', 'sequence 99').replace('index 6', 'index 98'))).toBe('not_included');
  });
  it('has another root than the signed one', async () => {
    expect(await faultOf(receiptOf(7, 21, noteOf(21, sha256(Uint8Array.of(9)))))).toBe('not_included');
    expect(await faultOf(good.replace('\n21\n', '\n22\n'))).toBe('bad_signature');
  });
  it('comes from elsewhere', async () => {
    expect(await faultOf(good, [])).toBe('unknown_key');
    expect(await faultOf(good, [keyText], 'koshi.example/other')).toBe('wrong_origin');
  });
  it('is no receipt at all', async () => {
    for (const text of ['', 'hello', 'koshi receipt 1', good.slice(0, 200), 'x'.repeat(200_000), good.replace('receipt 1', 'receipt 2')]) {
      expect(await faultOf(text)).toBe('malformed');
    }
  });
  it('has more or fewer hashes than the tree is high', async () => {
    const lines = good.split('\n');
    expect(await faultOf([...lines.slice(0, 7), ...lines.slice(8)].join('\n'))).toBe('not_included');
    expect(await faultOf([...lines.slice(0, 7), lines[6], ...lines.slice(7)].join('\n'))).toBe('not_included');
  });
});

describe('its parts', () => {
  it('are read strictly', () => {
    expect(fromHex('0aff')).toEqual(Uint8Array.of(10, 255));
    expect(fromHex('0AFF')).toBeUndefined();
    expect(fromBase64('AAE=')).toEqual(Uint8Array.of(0, 1));
    expect(fromBase64('AAF=')).toBeUndefined();
    expect(fromBase64('AAE')).toBeUndefined();
    expect(parseReceipt(receiptOf(3)).proof.length).toBe(5);
    expect(parseKey(keyText).name).toBe(origin);
    expect(() => parseKey('nothing')).toThrow();
  });
  it('work beyond 32 bits', async () => {
    const leaf = leafOf(Uint8Array.of(1));
    const proof = Array.from({ length: 40 }, (_, i) => sha256(Uint8Array.of(i)));
    await expect(rootFromInclusion(leaf, 2 ** 40 - 1, 2 ** 40, proof)).resolves.toHaveLength(32);
    await expect(rootFromInclusion(leaf, 2 ** 40, 2 ** 40, proof)).rejects.toThrow('not_included');
  });
});
