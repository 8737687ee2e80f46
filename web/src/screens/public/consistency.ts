/**
 * Verifies in the browser that the journal of now goes on from a state that somebody kept: nothing that it covers was changed, moved or dropped.
 *
 *   consistency = "koshi consistency 1" *base64-hash "" note "" note      the earlier note, and the later
 *
 * The hashes are those of RFC 9162 section 2.1.4; lines end with a newline, and a note is what receipt.ts says.
 */
import { Broken, hashOf, mostBytes, mostHashes, must, openNote, parseKey, same, sha256, type Checkpoint, type Fault } from './receipt';

export type ConsistencyVerdict = { good: true; kept: Checkpoint; now: Checkpoint } | { good: false; fault: Fault };

interface Consistency {
  proof: Uint8Array[];
  earlier: string;
  later: string;
}

/** A note ends behind its second empty line. */
function splitNotes(text: string): [string, string] {
  const body = text.indexOf('\n\n');
  const end = text.indexOf('\n\n', body + 2);
  must(body >= 0 && end >= 0);
  return [text.slice(0, end + 1), text.slice(end + 2)];
}

export function parseConsistency(text: string): Consistency {
  must(text.length <= mostBytes);
  const lines = text.split('\n');
  must(lines[0] === 'koshi consistency 1');
  const proof: Uint8Array[] = [];
  let at = 1;
  for (; lines[at] !== ''; ++at) {
    must(proof.length <= mostHashes);
    proof.push(hashOf(lines[at]));
  }
  const [earlier, later] = splitNotes(lines.slice(at + 1).join('\n'));
  return { proof, earlier, later };
}

const nodeOf = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

/** Both roots that the proof leads to (RFC 9162 section 2.1.4.2). Numbers go beyond 32 bits, so that there are no shifts here. */
async function rootsFrom(first: Uint8Array, kept: number, now: number, proof: readonly Uint8Array[]): Promise<[Uint8Array, Uint8Array]> {
  let inside = kept - 1;
  let last = now - 1;
  const up = () => {
    inside = Math.floor(inside / 2);
    last = Math.floor(last / 2);
  };
  while (inside % 2 === 1) up();
  const [seed, ...rest] = inside === 0 ? [first, ...proof] : proof;
  let [earlier, later] = [must(seed, 'not_consistent'), must(seed, 'not_consistent')];
  for (const hash of rest) {
    must(last > 0, 'not_consistent');
    if (inside % 2 === 1 || inside === last) {
      [earlier, later] = [await nodeOf(hash, earlier), await nodeOf(hash, later)];
      while (inside % 2 === 0 && inside > 0) up();
    } else {
      later = await nodeOf(later, hash);
    }
    up();
  }
  must(last === 0, 'not_consistent');
  return [earlier, later];
}

/** The kept state by its note alone: how many acts it covers, for whoever asks the office to prove the rest. */
export async function openKept(note: string, origin: string, keyTexts: readonly string[]): Promise<Checkpoint> {
  must(note.length <= mostBytes);
  return openNote(`${note.replaceAll('\r', '').trim()}\n`, origin, keyTexts.map(parseKey));
}

/** Never throws: whatever was put in and whatever the office answered, there is a verdict. */
export async function verifyKept(
  note: string, origin: string, keyTexts: readonly string[], ask: (size: number) => Promise<string>,
): Promise<ConsistencyVerdict> {
  try {
    must(globalThis.crypto?.subtle, 'no_crypto');
    const kept = await openKept(note, origin, keyTexts);
    const { proof, later } = parseConsistency(await ask(kept.size));
    const now = await openNote(later, origin, keyTexts.map(parseKey));
    must(kept.size >= 1 && kept.size <= now.size, 'not_consistent');
    const roots = kept.size === now.size ? [kept.root, kept.root] as const : await rootsFrom(kept.root, kept.size, now.size, proof);
    must(same(roots[0], kept.root) && same(roots[1], now.root), 'not_consistent');
    return { good: true, kept, now };
  } catch (error) {
    return { good: false, fault: error instanceof Broken ? error.fault : 'malformed' };
  }
}
