import type { Rarities, WeightedTerm } from './passage-index.ts'
import { placeTerm } from './place-term.ts'
import { termsOf } from './tokens.ts'
import type { Understood, Unit } from './understand.ts'

/** A unit with what it is worth in this corpus. */
export interface WeighedUnit extends Unit {
  /** Rarity times weight: what a passage gains by having it. */
  readonly mass: number
  /** Its own words first, then the others, each with its terms. */
  readonly words: readonly { readonly text: string; readonly terms: readonly string[] }[]
  /** Whether any passage can have it, in these words or others: each of its terms stands somewhere. */
  readonly known: boolean
}

/** Another word's terms count this much of the asker's own. */
const OTHER = 0.4
/** The place asked about counts as much as a word or two, so that its passages are looked at. */
const PLACE = 2.5
/** …and less where it is only the asker's own. */
const WISHED = 0.4
/** Of long groups, the first words are the likeliest. */
const MOST_OTHERS = 8

/** The terms that an index weighs: the asker's own, other words for them, what was answered before, the place. */
export function queryTerms({ units, context, places }: Understood): WeightedTerm[] {
  const weights = new Map<string, number>()
  const add = (term: string, weight: number) =>
    weights.set(term, Math.max(weight, weights.get(term) ?? 0))
  for (const { text, weight, others } of units) {
    for (const term of termsOf(text)) add(term, weight)
    for (const other of others.slice(0, MOST_OTHERS)) {
      for (const term of termsOf(other)) add(term, weight * OTHER)
    }
  }
  for (const { term, weight } of context) add(term, weight)
  for (const path of places.paths) {
    // The province says too little, and a county's paper is mostly its city's.
    const names = path.length > 1 ? path.slice(1) : path
    const weight = (places.firm ? PLACE : PLACE * WISHED) / names.length
    for (const name of names) add(placeTerm(name), weight)
  }
  return Array.from(weights, ([term, weight]) => ({ term, weight }))
}

/** Weighs units by how rare they are. A word that only chat has is worth what its other words are. */
export function weighUnits(units: readonly Unit[], { of, nowhere }: Rarities): WeighedUnit[] {
  const rarity = (text: string) =>
    termsOf(text).reduce((sum, term) => sum + (of.get(term) ?? nowhere), 0)
  const stands = (text: string) => {
    const terms = termsOf(text)
    return terms.length > 0 && terms.every((term) => of.has(term))
  }
  return units.map((unit) => {
    const others = unit.others.slice(0, MOST_OTHERS).filter(stands)
    const worth =
      stands(unit.text) || others.length === 0
        ? rarity(unit.text)
        : others.reduce((sum, other) => sum + rarity(other), 0) / others.length
    return {
      ...unit,
      words: [unit.text, ...unit.others.slice(0, MOST_OTHERS)].map((text) => ({
        text,
        terms: termsOf(text),
      })),
      mass: worth * unit.weight,
      known: stands(unit.text) || others.length > 0,
    }
  })
}
