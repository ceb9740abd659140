import { normalize } from '../tokens.ts'
import { readTurn } from './read-turn.ts'
import { spoken, textOf } from './topic.ts'

/** Whether two questions differ in nothing but marks and courtesies. */
export function asksTheSame(one: string, other: string): boolean {
  const said = (text: string) => letters(textOf(spoken(readTurn(text))))
  return one === other || said(one) === said(other)
}

export function letters(text: string): string {
  return normalize(text).replace(/[^\p{L}\p{N}]/gu, '')
}
