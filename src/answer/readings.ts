import type { Answer } from '../corpus.ts'

/** The questions that an answer offers to choose from; each is asked as it stands, after nothing. */
export const readingsOf = ({ notices }: Pick<Answer, 'notices'>): string[] =>
  notices.flatMap(({ readings = [] }) => readings)
