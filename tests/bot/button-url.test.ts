import { expect, test } from 'vitest'
import { isButtonUrl } from '../../src/bot/render/button-url.ts'
import { linkButtons } from '../../src/bot/render/render-source.ts'
import { serveBot } from '../support/bot-api/harness.ts'
import type { Room, Shown } from '../support/bot-api/room.ts'

const labels = (message: Shown) =>
  message.reply_markup?.inline_keyboard?.flat().map(({ text }) => text) ?? []

/** The message that shows the first source of an answer. */
async function sourceOf(me: Room): Promise<Shown> {
  me.write('企业用电报装要多久？')
  const answer = await me.next()
  me.tap(answer, '① 原文')
  return me.next()
}

test.each([
  ['https://wence.example.org', true],
  ['http://127.0.0.1:8080', true],
  ['http://[::1]:8080', true],
  ['http://localhost:8080', false],
  ['https://wence', false],
  ['tg://user?id=1', false],
  ['没有地址', false],
])('%s under a button: %s', (address, isTaken) => {
  expect(isButtonUrl(address)).toBe(isTaken)
  const { length } = linkButtons({ id: 'a', url: address }, undefined)
  expect(length).toBe(isTaken ? 1 : 0)
})

test('a PUBLIC_URL that Telegram refuses costs a button, which is said once', async () => {
  await using served = await serveBot('polling', { PUBLIC_URL: 'http://localhost:8080' })
  const me = served.api.person(101)
  const bot = served.start()
  const source = await sourceOf(me)
  expect(labels(source)).toContain('看全文')
  expect(labels(source)).not.toContain('来源页')
  expect(served.api.calls.filter(({ outcome }) => outcome !== 'done')).toEqual([])
  expect(bot.logged().match(/PUBLIC_URL/g)).toHaveLength(1)
})

test('a button that is refused all the same is left away, and nothing else', async () => {
  await using served = await serveBot('polling', { PUBLIC_URL: 'https://wence.example.org' })
  const why =
    "inline keyboard button URL 'https://wence.example.org/' is invalid: Wrong port number"
  served.api.order(({ payload }) =>
    JSON.stringify(payload).includes('wence.example.org')
      ? { code: 400, description: `Bad Request: ${why}` }
      : undefined,
  )
  const me = served.api.person(101)
  const bot = served.start()
  const source = await sourceOf(me)
  expect(labels(source)).toContain('看全文')
  expect(labels(source)).not.toContain('来源页')
  expect(source.entities?.some(({ type }) => type === 'underline')).toBe(true)
  expect(bot.logged()).toContain('it is left away')
})
