import { shortened } from '../../language/shortened.ts'

const MOST_SHOWN = 80

/** What others wrote, as a part of one line. */
export const shown = (text: string): string =>
  shortened(text.replaceAll(/[\s\p{C}]+/gu, ' ').trim(), MOST_SHOWN)
