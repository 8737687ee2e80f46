// A journal of our own for the tests beside this file, made by another library than the one that verifies.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

export const origin = 'koshi.example/test';

export function sha256(...parts: Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
export const leafOf = (event: Uint8Array) => sha256(Uint8Array.of(0), event);
export const nodeOf = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);
export const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** The largest power of two below n: where RFC 9162 splits. */
export function split(n: number): number {
  let half = 1;
  while (half * 2 < n) half *= 2;
  return half;
}
export function rootOf(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const half = split(leaves.length);
  return nodeOf(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}
export function proofOf(leaves: Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length === 1) return [];
  const half = split(leaves.length);
  return index < half
    ? [...proofOf(leaves.slice(0, half), index), rootOf(leaves.slice(half))]
    : [...proofOf(leaves.slice(half), index - half), rootOf(leaves.slice(0, half))];
}

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const rawKey = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })).slice(-32);
const keyBytes = Uint8Array.of(1, ...rawKey);
const keyId = sha256(new TextEncoder().encode(`${origin}\n`), keyBytes).slice(0, 4);
export const keyText = `${origin}+${Buffer.from(keyId).toString('hex')}+${base64(keyBytes)}`;
export const events = Array.from({ length: 21 }, (_, i) => sha256(Uint8Array.of(i)));

export function noteOf(size: number, root: Uint8Array, name = origin): string {
  const text = `${name}\n${size}\n${base64(root)}\n`;
  const signature = new Uint8Array(sign(null, Buffer.from(text), privateKey));
  return `${text}\n\u2014 ${origin} ${base64(Uint8Array.of(...keyId, ...signature))}\n`;
}
