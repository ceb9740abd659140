import type { Sought } from '../answer/answer-news.ts'
import { findPlaces } from '../language/places.ts'
import { readCourtesy } from '../retrieval/courtesy.ts'
import { FOLLOWING, LONGEST_TOPIC } from './wording.ts'

/**
 * What somebody wants to follow, as they wrote it: 主题 [地区], or the place first. Where they name
 * none it is `here`, where they are; nothing where no matter is named.
 */
export function soughtIn(written: string, here: string | null): Sought | undefined {
  const words = written.trim().split(/\s+/u)
  const places = words.map(placeOf)
  const isTopic = (place: string | null | undefined) => place === undefined
  const [first, last] = [places.findIndex(isTopic), places.findLastIndex(isTopic)]
  if (first < 0) return undefined
  // 河南省 濮阳市 is one place in two words; what stands between words of a matter is part of it.
  const [named, from] = last < words.length - 1 ? [places.at(-1), 0] : [places[first - 1], first]
  const topic = words.slice(from, last + 1).join(' ')
  const courtesy = readCourtesy(topic)
  if (topic.length > LONGEST_TOPIC || (courtesy && courtesy.kind !== 'word')) return undefined
  return { topic, place: named === undefined ? (namedWithin(topic) ?? here) : named }
}

/** The place that a word names and nothing else, in full; null for everywhere, nothing for none. */
function placeOf(word: string): string | null | undefined {
  if (word === FOLLOWING.everywhere) return null
  const mentions = findPlaces(word)
  const end = mentions.reduce((at, mention) => (mention.start === at ? mention.end : -1), 0)
  return end === word.length ? mentions.at(-1)?.places[0]?.name : undefined
}

/** 濮阳市专利质押贷款 says where it is. */
const namedWithin = (topic: string) => findPlaces(topic).at(-1)?.places[0]?.name
