import type { Window } from '../../../src/answer/claims/windows.ts'
import { numberPieces } from '../../../src/answer/context/number-pieces.ts'
import type { Passage } from '../../../src/corpus.ts'
import { batchOf } from '../../support/passages.ts'

/** Sentences of an invented paper of 鹤壁市, printed in 2022. */
export function windowOf(text: string, over: Partial<Passage> = {}): Window {
  const { passages } = batchOf({
    id: 'a',
    source: 'a.txt',
    place: ['河南省', '鹤壁市'],
    date: '2022-11',
    body: [text],
  })
  const { articles } = numberPieces([passages.map((passage) => ({ ...passage, ...over }))])
  return articles[0]!.sentences
}
