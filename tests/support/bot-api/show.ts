/**
 * Asks a bot some questions and prints the chat as a page of HTML, to be looked at:
 * `node with-node24.js tests/support/bot-api/show.ts [--entry src/main.ts] QUESTION… > chat.html`
 */
import { parseArgs } from 'node:util'
import { renderBubbles } from './bubbles.ts'
import { serveBot, spawnBot } from './harness.ts'

const { values, positionals } = parseArgs({
  options: { entry: { type: 'string' }, tap: { type: 'string' } },
  allowPositionals: true,
})
await using served = await serveBot('polling', { LOG_LEVEL: 'warn' })
const room = served.api.person(1)
const bot = spawnBot(served.settings, ...(values.entry === undefined ? [] : [values.entry]))
for (const question of positionals) {
  room.write(question)
  const answer = await room.next(60_000)
  if (values.tap === undefined || !JSON.stringify(answer.reply_markup ?? '').includes(values.tap))
    continue
  room.tap(answer, values.tap)
  await room.next()
}
process.stdout.write(renderBubbles(room.messages))
await bot.end('SIGTERM')
process.stderr.write(bot.logged())
