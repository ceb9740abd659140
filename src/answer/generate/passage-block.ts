import type { Passage } from '../../corpus.ts'
import { withoutOrders } from '../planted.ts'

const LONGEST_ATTRIBUTE = 120

/** The passages as a model is sent them, labelled from 1 in their order, without what is addressed to a machine. */
export function passageBlock(passages: readonly Passage[]): string {
  return passages
    .map(({ text, headline, publication, date, place }, i) => {
      const attributes = {
        label: String(i + 1),
        headline: withoutOrders(headline ?? ''),
        publication: publication.name ?? '',
        date: date.value ?? '',
        place: place.join(''),
      }
      const head = Object.entries(attributes).map(
        ([name, value]) => `${name}="${attribute(value)}"`,
      )
      return `<passage ${head.join(' ')}>\n${data(withoutOrders(text))}\n</passage>`
    })
    .join('\n')
}

/** A question as a model is sent it. */
export function questionBlock(question: string): string {
  return `<question>\n${data(question)}\n</question>`
}

/**
 * Text that cannot close or open a tag: its angle brackets become full-width ones, which quotes are
 * compared without. (Entities would come back in quotes in one form or the other.)
 */
export function data(text: string): string {
  return text
    .replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Co}]/gu, '')
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
}

function attribute(value: string): string {
  const line = data(value).replaceAll(/\s+/g, ' ').replaceAll('"', '＂').trim()
  return Array.from(line).slice(0, LONGEST_ATTRIBUTE).join('')
}
