import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAsking, WAYS } from './asking.ts'
import { FORMATS } from './formats.ts'
import { measure } from './grows.ts'
import { KINDS } from './kinds.ts'

let asking: Awaited<ReturnType<typeof openAsking>>
beforeAll(async () => {
  asking = await openAsking()
})
afterAll(() => asking.close())

test.each(WAYS)(
  'a %s takes the time of its length, whatever is in it',
  async (way) => {
    const grown: Record<string, string> = {}
    for (const kind of KINDS) {
      const { grows, ms } = await measure(
        (length, salt) => asking.ways[way](kind.text(length, salt)),
        [120, 480],
      )
      if (grows) grown[kind.name] = ms.map(Math.round).join(' → ')
    }
    expect(grown).toEqual({})
  },
  120_000,
)

test('an article is told in the time of its length, whatever is in it', async () => {
  const grown: Record<string, string> = {}
  for (const kind of KINDS) {
    const { grows, ms } = await measure(
      async (length, salt) => {
        await asking.print('kind.txt', FORMATS['whole.txt']!(kind.text(length, salt)))
        const { status } = await asking.tell()
        expect(status).not.toBe('not_found')
      },
      [1500, 6000],
    )
    if (grows) grown[kind.name] = ms.map(Math.round).join(' → ')
  }
  expect(grown).toEqual({})
}, 120_000)
