import { describe, expect, test } from 'vitest'
import type { State } from '../../src/stores/state.ts'
import type { Shared } from './shared.ts'

/** What every keeper of secrets does; `share` gives an empty one that several processes open. */
export function secretsContract(share: Shared<Pick<State, 'secrets'>>): void {
  describe('a secret', () => {
    test('is random, one of its own for each name and installation', async () => {
      const opened = [await (await share())(), await (await share())()]
      const [here, elsewhere] = opened.map(({ secrets }) => secrets)
      const salt = await here!.secret('salt')
      expect(salt).toMatch(/^[\w-]{43}$/)
      expect(
        new Set([salt, await here!.secret('desk'), await elsewhere!.secret('salt')]).size,
      ).toBe(3)
    })

    test('is the same for all processes, though each asks first, and when one comes later', async () => {
      const open = await share()
      const all = [await open(), await open()].map(({ secrets }) => secrets)
      const [mine, other] = await Promise.all(all.map((one) => one.secret('salt')))
      expect(mine).toBe(other)
      expect(await (await open()).secrets.secret('salt')).toBe(mine)
    })
  })
}
