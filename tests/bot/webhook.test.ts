import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startServer, webhookListener } from '../../src/bot/webhook.ts'
import { createLog } from '../../src/log.ts'

test.each([
  ['GET // HTTP/1.0', '404'],
  ['GET /healthz HTTP/1.0', '200'],
  ['POST /hook HTTP/1.0', '401'],
])('%s from a stranger is answered with %s, and nothing went wrong', async (line, status) => {
  const log = createLog('silent')
  const errors: unknown[] = []
  log.error = (error: unknown) => void errors.push(error)
  const server = await startServer(
    0,
    webhookListener({ path: '/hook', secret: 'secret', take: async () => {}, log }),
  )
  try {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const socket = connect(address.port, '127.0.0.1')
    socket.write(`${line}\r\n\r\n`)
    expect((await text(socket)).split(' ')[1]).toBe(status)
    expect(errors).toEqual([])
  } finally {
    server.close()
  }
})

test('what cannot be stored is not acknowledged, and whoever waits for the disk tells of it', async () => {
  const log = createLog('silent')
  const errors: unknown[] = []
  log.error = (error: unknown) => void errors.push(error)
  const full = Object.assign(new Error('database or disk is full'), { errcode: 13 })
  const server = await startServer(
    0,
    webhookListener({ path: '/hook', secret: 'secret', take: () => Promise.reject(full), log }),
  )
  try {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const { status } = await fetch(`http://127.0.0.1:${address.port}/hook`, {
      method: 'POST',
      body: '{"update_id":1}',
      headers: { 'x-telegram-bot-api-secret-token': 'secret' },
    })
    expect(status).toBe(500)
    expect(errors).toEqual([])
  } finally {
    server.close()
  }
})
