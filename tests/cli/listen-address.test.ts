import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { checkHttp } from '../../src/cli/open-http.ts'
import { parseConfig } from '../../src/config.ts'

const check = (env: Record<string, string>) => checkHttp(parseConfig(env))

test('of a machine with several addresses it is served on one', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const PORT = typeof address === 'object' ? String(address?.port) : ''
  await expect(check({ PORT })).rejects.toThrow(/is in use/u)
  await check({ PORT, LISTEN_ADDRESS: '127.0.0.2' })
})

test('an address that is another machine’s is told', async () => {
  await expect(check({ PORT: '0', LISTEN_ADDRESS: '192.0.2.1' })).rejects.toThrow(
    /^LISTEN_ADDRESS is none of the addresses of this machine/u,
  )
})

test.each(['localhost', '127.0.0.1:8080', '0.0.0'])('%s is no address', (given) => {
  expect(() => parseConfig({ LISTEN_ADDRESS: given })).toThrow(
    /LISTEN_ADDRESS: must be an address like 127\.0\.0\.1$/u,
  )
})
