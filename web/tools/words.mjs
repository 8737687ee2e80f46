// Holds the portal's phrases together: every language says every phrase, with the same holes, and no two files say the same one.
// Writes src/words/keys.d.ts, so that a phrase that is nowhere does not compile.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'words');
export const languages = ['en', 'ru', 'kk'];

/** Every hole of a phrase, over all its plural forms. */
function holes(phrase) {
  const texts = typeof phrase === 'string' ? [phrase] : Object.values(phrase);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1])))].sort().join(' ');
}

/** The plural forms that Intl may ask of a language, for whole numbers and fractions. */
function missingForms(language, phrase) {
  if (typeof phrase === 'string') return [];
  const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return wanted.filter((form) => !(form in phrase));
}

/** All problems of the phrases, as sentences; `read(language)` gives key → phrase with the file it stands in. */
export function check(all) {
  const problems = [];
  const keys = new Set(languages.flatMap((language) => Object.keys(all[language])));
  for (const key of [...keys].sort()) {
    for (const language of languages) {
      const phrase = all[language][key];
      if (phrase === undefined) problems.push(`${key} is missing in ${language}`);
      else if (phrase === '') problems.push(`${key} is empty in ${language}`);
      else for (const form of missingForms(language, phrase)) problems.push(`${key} lacks the form "${form}" in ${language}`);
    }
    const shapes = new Set(languages.filter((language) => all[language][key]).map((language) => holes(all[language][key])));
    if (shapes.size > 1) problems.push(`${key} has other holes in one language than in another`);
  }
  return problems;
}

export function readAll() {
  const all = {};
  const problems = [];
  for (const language of languages) {
    all[language] = {};
    for (const file of readdirSync(folder).filter((name) => name.endsWith(`.${language}.json`)).sort()) {
      for (const [key, phrase] of Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')))) {
        if (key in all[language]) problems.push(`${key} stands twice in ${language}: the second time in ${file}`);
        all[language][key] = phrase;
      }
    }
  }
  return { all, problems };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { all, problems } = readAll();
  problems.push(...check(all));
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  const union = Object.keys(all.en).sort().map((key) => `  | '${key}'`).join('\n');
  writeFileSync(join(folder, 'keys.d.ts'), `// Written by tools/words.mjs.\nexport type Key =\n${union};\n`);
}
