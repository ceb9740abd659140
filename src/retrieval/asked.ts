import { readLexicon } from '../language/lexicon.ts'

/** Words of a question that mean something by who asks it, and when. */
export const ASKED = readLexicon(new URL('asked.txt', import.meta.url))
