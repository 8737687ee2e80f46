/**
 * Verifies a receipt of the journal in the browser, with no word of the office's but its public key.
 *
 *   receipt    = "koshi receipt 1" "sequence N" "event HEX" "" "c2sp.org/tlog-proof@v1" "index N-1" *base64-hash "" note
 *   note       = origin size base64-root *extension "" 1*("— " name " " base64(key-id signature))
 *   key        = name "+" key-id "+" base64(0x01 public-key)
 *
 * The event's leaf is SHA-256(0x00 event-hash), a node SHA-256(0x01 left right); the proof leads from the leaf to the root (RFC 9162,
 * 2.1.3.2), and the note is signed with Ed25519 (C2SP signed-note). Lines end with a newline.
 */
export interface Receipt {
  sequence: number;
  event: Uint8Array;
  proof: Uint8Array[];
  note: string;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
}

export interface VerifyingKey {
  name: string;
  id: Uint8Array;
  key: Uint8Array;
}

export type Fault = 'malformed' | 'unknown_key' | 'bad_signature' | 'wrong_origin' | 'not_included' | 'not_consistent' | 'no_crypto';

export type Verdict = { good: true; receipt: Receipt; checkpoint: Checkpoint } | { good: false; fault: Fault };

/** Enough for 2^53 leaves. */
export const mostHashes = 54;
export const mostBytes = 80_000;
const mostSignatures = 32;

export class Broken extends Error {
  constructor(readonly fault: Fault) {
    super(fault);
  }
}

export function must<T>(value: T | undefined | null | false, fault: Fault = 'malformed'): T {
  if (value === undefined || value === null || value === false) throw new Broken(fault);
  return value;
}

export function fromHex(text: string): Uint8Array | undefined {
  if (!/^([0-9a-f]{2})*$/.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  // A text with stray bits behind its end would be another spelling of the same bytes.
  return btoa(String.fromCharCode(...bytes)) === text ? bytes : undefined;
}

export function hashOf(text: string | undefined): Uint8Array {
  const bytes = must(fromBase64(must(text)));
  return must(bytes.length === 32 && bytes);
}

function wholeOf(text: string | undefined): number {
  const n = Number(must(text));
  return must(Number.isSafeInteger(n) && n >= 0 && String(n) === text && { n }).n;
}

/** What follows the beginning, or nothing good. */
function after(line: string | undefined, beginning: string): string {
  return must(line?.startsWith(beginning) && { rest: line.slice(beginning.length) }).rest;
}

export function parseReceipt(text: string): Receipt {
  must(text.length <= mostBytes);
  const lines = text.split('\n');
  must(lines[0] === 'koshi receipt 1');
  const sequence = wholeOf(after(lines[1], 'sequence '));
  const event = must(fromHex(after(lines[2], 'event ')));
  must(sequence >= 1 && event.length === 32 && lines[3] === '' && lines[4] === 'c2sp.org/tlog-proof@v1');
  must(lines[5] === `index ${sequence - 1}`);
  const proof: Uint8Array[] = [];
  let at = 6;
  for (; lines[at] !== ''; ++at) {
    must(proof.length < mostHashes);
    proof.push(hashOf(lines[at]));
  }
  return { sequence, event, proof, note: lines.slice(at + 1).join('\n') };
}

export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  return { origin: must(lines[0] !== '' && lines[0]), size: wholeOf(lines[1]), root: hashOf(lines[2]) };
}

export function parseKey(text: string): VerifyingKey {
  const [name = '', id = '', key = '', ...rest] = splitKey(text);
  const bytes = must(fromBase64(key));
  must(name !== '' && rest.length === 0 && bytes.length === 33 && bytes[0] === 1);
  const idBytes = must(fromHex(id));
  return { name, id: must(idBytes.length === 4 && idBytes), key: bytes.slice(1) };
}

/** At the first two "+": base64 has some of its own. */
function splitKey(text: string): string[] {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  return first < 0 || second < 0 ? [] : [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

export async function sha256(...parts: Uint8Array[]): Promise<Uint8Array> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** RFC 9162 section 2.1.3.2. Numbers go beyond 32 bits, so that there are no shifts here. */
export async function rootFromInclusion(leaf: Uint8Array, index: number, size: number, proof: Uint8Array[]): Promise<Uint8Array> {
  must(index < size, 'not_included');
  let inside = index;
  let last = size - 1;
  let root = leaf;
  for (const sibling of proof) {
    must(last > 0, 'not_included');
    if (inside % 2 === 1 || inside === last) {
      root = await sha256(Uint8Array.of(1), sibling, root);
      while (inside % 2 === 0 && inside > 0) {
        inside = Math.floor(inside / 2);
        last = Math.floor(last / 2);
      }
    } else {
      root = await sha256(Uint8Array.of(1), root, sibling);
    }
    inside = Math.floor(inside / 2);
    last = Math.floor(last / 2);
  }
  must(last === 0, 'not_included');
  return root;
}

/** By the browser, or where it does not know the curve, by a small library. */
async function isSigned(message: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>, key: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, signature, message);
  } catch {
    const { verifyAsync } = await import('@noble/ed25519');
    return verifyAsync(signature, message, key).catch(() => false);
  }
}

/** The checkpoint in the note, when one of the keys signed it, and none of them wrongly. */
export async function openNote(note: string, origin: string, keys: VerifyingKey[]): Promise<Checkpoint> {
  const gap = note.lastIndexOf('\n\n');
  must(gap >= 0 && note.endsWith('\n'));
  const text = note.slice(0, gap + 1);
  const signatures = note.slice(gap + 2, -1).split('\n');
  must(signatures.length >= 1 && signatures.length <= mostSignatures);
  let verified = false;
  for (const line of signatures) {
    const [dash, name, encoded, ...rest] = line.split(' ');
    must(dash === '\u2014' && rest.length === 0);
    const bytes = must(fromBase64(must(encoded)));
    const key = keys.find((one) => one.name === name && same(one.id, bytes.slice(0, 4)));
    if (!key) continue;
    const good = await isSigned(new TextEncoder().encode(text), new Uint8Array(bytes.slice(4)), new Uint8Array(key.key));
    must(good, 'bad_signature');
    verified = true;
  }
  must(verified, 'unknown_key');
  const checkpoint = parseCheckpoint(text);
  must(checkpoint.origin === origin, 'wrong_origin');
  return checkpoint;
}

/** Never throws: whatever was put in, there is a verdict. */
export async function verifyReceipt(text: string, origin: string, keyTexts: string[]): Promise<Verdict> {
  try {
    must(globalThis.crypto?.subtle, 'no_crypto');
    // What was copied from a page or a letter may have lost its last newline, or have gained carriage returns.
    const receipt = parseReceipt(`${text.replaceAll('\r', '').trim()}\n`);
    const checkpoint = await openNote(receipt.note, origin, keyTexts.map(parseKey));
    const leaf = await sha256(Uint8Array.of(0), receipt.event);
    const root = await rootFromInclusion(leaf, receipt.sequence - 1, checkpoint.size, receipt.proof);
    must(same(root, checkpoint.root), 'not_included');
    return { good: true, receipt, checkpoint };
  } catch (error) {
    return { good: false, fault: error instanceof Broken ? error.fault : 'malformed' };
  }
}
