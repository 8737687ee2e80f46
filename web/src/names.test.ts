// The portal knows no name of the law: neither a procedure nor an account, norm or fact of it. What a special screen asks of the law stands in
// law/kz/screens.json, beside the law. Held against the law that is here, by the words in quotes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const below = (folder: string, end: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => end.test(name)).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** Procedures and accounts by their declarations; norms and facts by what screens.json says of them, for they are words like any other. */
function namesOfLaw(): Set<string> {
  const law = join(__dirname, '..', '..', 'law', 'kz');
  const names = below(law, /\.zan$/).flatMap(({ text }) => [...text.matchAll(/^(?:procedure|account) (\w+)/gm)].map((found) => found[1] ?? ''));
  const screens = JSON.parse(readFileSync(join(law, 'screens.json'), 'utf8')) as Record<string, { norms?: Record<string, string>; facts?: Record<string, string[]> }>;
  const asked = Object.values(screens).flatMap(({ norms, facts }) => [...Object.values(norms ?? {}), ...Object.values(facts ?? {}).flat()]);
  return new Set([...names, ...asked.filter((name) => name.includes('.'))]);
}

/** Code without its comments, its phrases, and what is the program's own: the generated interface and the gallery of made-up pictures. */
const sources = below(__dirname, /\.tsx?$/).filter(({ name }) => !/schema\.d\.ts|keys\.d\.ts|\.test\.|gallery|^words\/|journal_of_tests/.test(name));

it('names nothing of the law', () => {
  const names = namesOfLaw();
  expect(names.has('work_permit') && names.has('permits') && names.has('person.days_left')).toBe(true);
  const found = sources.flatMap(({ name, text }) => {
    const quoted = text.replace(/^\s*\/\/.*$/gm, '').matchAll(/['"`]([a-z_][\w.]*)['"`]/g);
    return [...quoted].map((match) => match[1] ?? '').filter((word) => names.has(word)).map((word) => `${name}: ${word}`);
  });
  expect(found).toEqual([]);
});
