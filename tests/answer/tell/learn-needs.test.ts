import { describe, expect, test } from 'vitest'
import { type JudgedCut, learnNeeds } from '../../../src/answer/tell/learn-needs.ts'
import { FEATURES, Needs } from '../../../src/answer/tell/needs.ts'
import { CUTS, rightBy } from './judged-cuts.ts'

const MADE = '2026-11-25'

describe('what a cut needs is learned from judged cuts', () => {
  const learned = learnNeeds(CUTS, MADE)

  test('as a file of weights, which says from what', () => {
    expect(Needs.parse(JSON.parse(JSON.stringify(learned)))).toEqual(learned)
    expect(learned.about).toMatchObject({ made: MADE, cases: CUTS.length })
    expect(Object.keys(learned.model.features).every((name) => FEATURES.includes(name))).toBe(true)
  })

  test('the same weights each time', () => {
    expect(JSON.stringify(learnNeeds(CUTS, MADE))).toBe(JSON.stringify(learned))
  })

  test('a few teach most of themselves, and some of what they do not show', () => {
    expect(rightBy(learned).length / CUTS.length).toBeGreaterThan(0.9)
    const [taught, unseen] = [CUTS.filter((_, i) => i % 2 === 0), CUTS.filter((_, i) => i % 2)]
    expect(rightBy(learnNeeds(taught, MADE), unseen).length / unseen.length).toBeGreaterThan(0.5)
  })

  test('and the opposite from the opposite', () => {
    const opposite = CUTS.map((cut): JudgedCut => ({
      ...cut,
      mustTell: cut.mayDrop,
      mayDrop: cut.mustTell,
    }))
    expect(rightBy(learnNeeds(opposite, MADE)).length / CUTS.length).toBeLessThan(0.5)
  })
})

test('cases that do not say what was kept, and rows of tables, teach nothing', () => {
  const [cut] = CUTS
  const useless: JudgedCut[] = [
    { ...cut!, keep: [] },
    { ...cut!, keep: ['别处的话'] },
    { ...cut!, sentence: '区县 摊位\n东关 120', keep: ['120'] },
  ]
  expect(learnNeeds([...CUTS, ...useless], MADE).about['cases']).toBe(CUTS.length)
})
