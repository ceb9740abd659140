import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { type Server, createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { Api } from 'grammy'
import { expect, onTestFinished, test } from 'vitest'
import { plainError } from '../../src/bot/plain-error.ts'
import { createChat } from '../../src/answer/model/chat.ts'
import { createEmbed } from '../../src/retrieval/embed.ts'
import { createServer as createQdrant } from '../../src/retrieval/qdrant/server.ts'
import { openVectorStore } from '../../src/retrieval/vector-store.ts'
import { messageOf } from '../../src/message-of.ts'
import { tempFolder } from '../support/temp.ts'

/** What is said of an endpoint at this address by each that asks one. */
async function saidOf(root: string) {
  const store = openVectorStore(join(tempFolder(), 'vectors.sqlite'))
  onTestFinished(() => store.close())
  const chat = createChat({ model: 'm', baseURL: `${root}/v1`, retryDelayMs: 1 })
  const embed = createEmbed({ model: 'm', baseURL: `${root}/v1`, maxRetries: 0 }, { store })
  const qdrant = createQdrant({ url: root })
  const telegram = new Api('123:abc', { apiRoot: root })
  let calls = 0
  const outcome = await chat({
    messages: [],
    schema: { name: 'answer', schema: {} },
    spend: () => ++calls > 0,
  })
  return {
    calls,
    said: [
      'detail' in outcome ? outcome.detail : outcome.status,
      await embed(['问']).then(String, messageOf),
      await qdrant.read((of) => of.scroll('c', {})).then(String, messageOf),
      await telegram.getMe().then(String, (error: unknown) => plainError(error).message),
    ],
  }
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The server has no port')
  return address.port
}

test('a certificate of an authority of our own is named, with what to do, and not asked again', async () => {
  // A key and its certificate, made for this test alone, good until 2126.
  const pem = readFileSync(new URL('self-signed.pem', import.meta.url))
  const server = createServer({ key: pem, cert: pem })
  const port = await portOf(server)
  onTestFinished(() => void server.close())
  const { calls, said } = await saidOf(`https://127.0.0.1:${port}`)
  for (const sentence of said)
    expect(sentence).toMatch(/\(DEPTH_ZERO_SELF_SIGNED_CERT\).* NODE_EXTRA_CA_CERTS/)
  expect(calls).toBe(1)
})

test('an address where nothing listens is named by its code', async () => {
  const server = createTcpServer()
  const port = await portOf(server)
  server.close()
  const { calls, said } = await saidOf(`http://127.0.0.1:${port}`)
  for (const sentence of said) expect(sentence).toContain(' (ECONNREFUSED)')
  expect(calls).toBe(3)
})
