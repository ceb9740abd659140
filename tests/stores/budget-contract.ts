import { describe, expect, test } from 'vitest'
import type { State } from '../../src/stores/state.ts'
import type { Shared } from './shared.ts'

/** What every budget does; `share` gives an empty one that several processes open. */
export function budgetContract(share: Shared<Pick<State, 'budget'>>): void {
  describe('a budget', () => {
    test('has so many calls a day and no more', async () => {
      const { budget } = await (await share())()
      expect(await budget.spentOn('2026-11-22')).toBe(0)
      const spent = [await budget.spend('2026-11-22', 2), await budget.spend('2026-11-22', 2)]
      expect([...spent, await budget.spend('2026-11-22', 2)]).toEqual([true, true, false])
      expect(await budget.spentOn('2026-11-22')).toBe(2)
      expect(await budget.spend('2026-11-23', 2)).toBe(true)
    })

    test('of nothing allows nothing', async () => {
      const { budget } = await (await share())()
      expect(await budget.spend('2026-11-22', 0)).toBe(false)
      expect(await budget.spentOn('2026-11-22')).toBe(0)
    })

    test('is spent by all processes together, at the same time too', async () => {
      const open = await share()
      const all = [await open(), await open(), await open()].map(({ budget }) => budget)
      const calls = Array.from({ length: 30 }, (_, n) => all[n % 3]!.spend('2026-11-22', 20))
      const allowed = (await Promise.all(calls)).filter(Boolean)
      expect(allowed).toHaveLength(20)
      for (const one of all) expect(await one.spentOn('2026-11-22')).toBe(20)
    })
  })
}
