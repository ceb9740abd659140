import type { Sought } from '../answer/answer-news.ts'
import { findPlaces } from '../language/places.ts'
import { readCourtesy } from '../retrieval/courtesy.ts'
import { FOLLOWING } from './wording.ts'

/** Longer is no matter and no question. */
const LONGEST = 60

/**
 * What somebody wants to follow, as they wrote it: 主题 [地区]. Without a place of their own words it is
 * `here`, where they are; nothing where no matter is named.
 */
export function soughtIn(written: string, here: string | null): Sought | undefined {
  const words = written.trim().split(/\s+/u)
  const places = words.map(placeOf)
  // 河南省 濮阳市 is one place in two words.
  const end = places.findLastIndex((place) => place === undefined) + 1
  const topic = words.slice(0, end).join(' ')
  const courtesy = readCourtesy(topic)
  if (topic === '' || topic.length > LONGEST || (courtesy && courtesy.kind !== 'word'))
    return undefined
  const named = places.at(-1)
  return { topic, place: named === undefined ? here : named }
}

/** The place that a word names and nothing else, in full; null for everywhere, nothing for none. */
function placeOf(word: string): string | null | undefined {
  if (word === FOLLOWING.everywhere) return null
  const mentions = findPlaces(word)
  const isAll = mentions.reduce((at, { start, end }) => (start === at ? end : -1), 0)
  return isAll === word.length ? mentions.at(-1)?.places[0]?.name : undefined
}
