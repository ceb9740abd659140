import { describe, expect, test } from 'vitest'
import { FEATURES, NEEDS, type Needs, besides, neededBy } from '../../../src/answer/tell/needs.ts'
import { CUTS, rightBy } from './judged-cuts.ts'
import { pickedOf } from './told.ts'

describe('the features of a clause that was not picked', () => {
  test('are as many as their names, and each is a number', () => {
    for (const { sentence, keep } of CUTS) {
      for (const { features } of besides(pickedOf(sentence, keep))) {
        expect(features).toHaveLength(FEATURES.length)
        expect(features.every(Number.isFinite)).toBe(true)
      }
    }
  })

  test('have names of their own', () => {
    expect(new Set(FEATURES).size).toBe(FEATURES.length)
  })

  test('say where it stands and what governs the picked one by it', () => {
    const sentence = pickedOf('连续经营满两年的，每家最高补贴20万元；逾期不补。', ['每家最高'])
    const [condition, late] = besides(sentence).map(
      ({ features }) =>
        (name: string) =>
          features[FEATURES.indexOf(name)],
    )
    const asked = ['before', 'distance', 'same-segment', 'by-conditions', 'its-frame-condition']
    expect(asked.map(condition!)).toEqual([1, 1, 1, 1, 1])
    expect(asked.map(late!)).toEqual([0, 1, 0, 0, 0])
  })

  test('none for a sentence that is told whole', () => {
    expect(besides(pickedOf('摊位满了，要排队。', ['摊位', '排队']))).toEqual([])
  })
})

describe('the weights', () => {
  test('are of features that there are', () => {
    expect(Object.keys(NEEDS.model.features).filter((name) => !FEATURES.includes(name))).toEqual([])
  })

  test('tell most cuts of sentences right that they were not learned from', () => {
    const right = new Set(rightBy(NEEDS))
    const wrong = CUTS.filter((cut) => !right.has(cut)).map(({ id }) => id)
    // 44 of 45, November 2026.
    expect(wrong.length, wrong.join(' ')).toBeLessThanOrEqual(3)
  })

  test.each<readonly [name: string, spoilt: Needs]>([
    ['with their signs swapped', { ...NEEDS, model: swapped(NEEDS.model) }],
    ['with none', { ...NEEDS, model: { ...NEEDS.model, features: {} } }],
    ['that tell all', { ...NEEDS, thresholds: { gate: 0, with: 0 } }],
  ])('%s they do badly', (_name, spoilt) => {
    expect(rightBy(spoilt).length / CUTS.length).toBeLessThan(0.8)
  })

  test('are asked in two steps: whether anything is needed, then what', () => {
    const sentence = pickedOf('2021年9月，青石镇建成第一座冷库，库容800吨。', ['库容'])
    const needs = (gate: number, withs: number) =>
      neededBy(sentence, { ...NEEDS, thresholds: { gate, with: withs } })
    expect(needs(1.1, 0)).toEqual([])
    expect(needs(0, 0)).toEqual([0, 1])
    expect(needs(0, 1.1)).toEqual([])
  })
})

function swapped({ bias, features }: Needs['model']): Needs['model'] {
  const opposite = Object.entries(features).map(([name, of]) => [
    name,
    { ...of, weight: -of.weight },
  ])
  return { bias: -bias, features: Object.fromEntries(opposite) }
}
