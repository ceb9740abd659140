/**
 * BM25F (Robertson and Zaragoza, “The Probabilistic Relevance Framework: BM25 and Beyond”, 2009):
 * a term's counts in all fields, each weighed and divided by the field's length, saturate together.
 */
import type { FieldCounts } from './embedded/segment.ts'

export interface Bm25Settings {
  /** How soon a repeated term stops counting. */
  readonly k1: number
  /** How much a long body is held against it, 0 to 1. */
  readonly b: number
  /** What one occurrence is worth, beside 1 in the body. */
  readonly headline: number
  readonly heading: number
  /** A body shorter than this share of the average counts as if it had that length. */
  readonly shortest: number
  /** What a passage inherits of its whole article's score. */
  readonly article: number
  /** The article's own length normalisation. */
  readonly articleB: number
}

export const BM25: Bm25Settings = {
  k1: 1.2,
  b: 0.5,
  headline: 0.8,
  heading: 0.5,
  shortest: 0.5,
  article: 0.6,
  articleB: 0.5,
}

/** Inverse document frequency, never negative: a term of every passage still tells a little. */
export function idf(passages: number, containing: number): number {
  return Math.log(1 + (passages - containing + 0.5) / (containing + 0.5))
}

/** The term's weight in a body that has `relative` times the average length, before idf. */
export function saturate(
  { headline, heading, body }: FieldCounts,
  relative: number,
  settings: Bm25Settings,
): number {
  const length = 1 - settings.b + settings.b * Math.max(relative, settings.shortest)
  const weighed = body / length + headline * settings.headline + heading * settings.heading
  return (weighed * (settings.k1 + 1)) / (weighed + settings.k1)
}
