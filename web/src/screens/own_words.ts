// Phrases of screens that few people open: they come with the screen, so that nobody else waits for them. A phrase that one language lacks
// does not compile.
import { fill, language, type Holes, type Language } from '../words/words';

export type Phrase = Parameters<typeof fill>[1];

export function speaker<Word extends string>(all: Readonly<Record<Language, Readonly<Record<Word, Phrase>>>>) {
  return (key: Word, holes?: Holes): string => {
    const code = language.value; // read first: whoever draws this is drawn anew in another language
    return fill(code, all[code][key], holes);
  };
}
