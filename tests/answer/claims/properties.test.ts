import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareAll } from '../../../src/answer/claims/compare.ts'
import { numberPieces } from '../../../src/answer/context/number-pieces.ts'
import { withGovernors } from '../../../src/answer/tell/govern.ts'
import { joinPieces } from '../../../src/answer/tell/join-pieces.ts'
import { figures } from '../../../src/language/figures.ts'
import { GOVERNORS, governorsOf } from '../../../src/language/governors.ts'
import { policyPassages } from '../../support/policy-passages.ts'

const governs = governorsOf(GOVERNORS)
const { articles } = numberPieces(await policyPassages())
const SENTENCES = articles
  .flatMap((article) => article.sentences)
  .filter(({ passage, pieces }) => passage.part === 'body' && passage.kind !== 'table' && pieces[0])

/** A sentence and a cut of it: whatever is picked, with what governs it. */
const cuts = fc
  .tuple(fc.constantFrom(...SENTENCES), fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }))
  .map(([sentence, choose]) => {
    const { text, pieces } = sentence
    const picked = [...pieces.keys()].filter((i) => choose[i % choose.length])
    const told = withGovernors(text, pieces, picked.length > 0 ? picked : [0], governs)
    return { sentence, claim: joinPieces(text, pieces, told) }
  })

test('every cut is found', () =>
  fc.assert(
    fc.property(cuts, ({ sentence, claim }) => {
      const [closest] = compareAll(claim, [[sentence]])
      expect([closest?.verdict, closest?.differences]).toEqual(['found', []])
    }),
    { numRuns: 1500 },
  ))

/** Of what has fewer letters besides, an altered figure leaves too little in common. */
const SHORT = 12

test('a cut with one figure altered is changed, and the figure named', () =>
  fc.assert(
    fc.property(cuts, fc.nat(), fc.integer({ min: 1, max: 8 }), ({ sentence, claim }, nth, by) => {
      const altering = figures(claim).filter(({ printed }) => /[1-9]/u.test(printed))
      const figure = altering[nth % Math.max(1, altering.length)]
      if (!figure || claim.length - figure.printed.length < SHORT) return
      const { start, end, printed } = figure
      const altered = printed.replace(/[1-9]/u, (digit) => `${((Number(digit) + by - 1) % 9) + 1}`)
      const [closest] = compareAll(claim.slice(0, start) + altered + claim.slice(end), [[sentence]])
      expect(closest?.verdict).toBe('changed')
      expect(closest?.differences.some(({ claimed }) => claimed.includes(altered))).toBe(true)
    }),
    { numRuns: 1000 },
  ))
