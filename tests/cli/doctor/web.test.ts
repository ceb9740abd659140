import { once } from 'node:events'
import { type RequestListener, createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { trust, web } from '../../../src/cli/doctor/web.ts'
import { parseConfig } from '../../../src/config.ts'
import { INSTALLATION, installationOf } from '../../../src/installation.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'
import { tempFolder } from '../../support/temp.ts'

/** A server that answers each path so, or with 404. */
const serve = (
  answers: Readonly<Record<string, readonly [status: number, body: string]>>,
  headers: Readonly<Record<string, string>> = {},
) =>
  listening(({ url = '' }, response) => {
    const [status, body] = answers[url] ?? [404, 'nothing here']
    response.writeHead(status, headers).end(body)
  })

async function listening(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)
  const address = server.address()
  return { port: String(typeof address === 'object' ? address?.port : 0), close }
}

const TRUSTED_PROXIES = '172.16.0.0/12'
const READY = { ready: true, index: { state: 'ok' }, model: { state: 'off' } }
const HEALTHY = { '/healthz': [200, 'ok'], '/readyz': [200, JSON.stringify(READY)] } as const

test('what is not served is not looked for', async () => expect(await lookWith(web)).toEqual([]))

test('it runs here, and people reach it', async () => {
  const { port } = await serve(HEALTHY)
  const settings = { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}/`, TRUSTED_PROXIES }
  expect(idsOf(await lookWith(web, { settings }))).toEqual(['web-serves', 'web-public'])
  expect(idsOf(await lookWith(web, { settings, offline: true }))).toEqual(['web-serves'])
})

test('a bot says how it is, whatever else is set', async () => {
  const { port } = await serve(HEALTHY)
  const settings = { PORT: port, TELEGRAM_BOT_TOKEN: '1:a' }
  expect(idsOf(await lookWith(web, { settings }))).toEqual(['web-serves'])
})

test('it runs, and says why it cannot answer', async () => {
  const since = '2026-11-26T00:00:00.000Z'
  const index = { state: 'failed', since, why: '索引里还没有文章。' }
  const model = { state: 'degraded', since, why: '模型连不上。' }
  const ill = JSON.stringify({ ready: false, index, model })
  const { port } = await serve({ ...HEALTHY, '/readyz': [503, ill] })
  const findings = await lookWith(web, { settings: { PORT: port } })
  expect(textOf(findings, 'web-not-ready')).toContain('索引里还没有文章。')
  expect(textOf(findings, 'web-degraded')).toContain('模型连不上。')
})

test('another installation has its port', async () => {
  const given = { WENCE_DATA_DIR: tempFolder() }
  const { port: PORT } = await serve(HEALTHY, {
    [INSTALLATION]: installationOf(given.WENCE_DATA_DIR),
  })
  expect(idsOf(await lookWith(web, { settings: { PORT } }))).toEqual(['web-other'])
  expect(idsOf(await lookWith(web, { settings: { ...given, PORT } }))).toEqual(['web-serves'])
})

test('another program has its port', async () => {
  const { port } = await serve({})
  const findings = await lookWith(web, { settings: { PORT: port } })
  expect(textOf(findings, 'web-taken')).toContain(`端口 ${port} 被别的程序占着`)
  if (process.platform === 'linux')
    expect(textOf(findings, 'web-taken')).toContain(`（进程 ${process.pid}）`)
})

test('whoever has it does not answer in time: it may be ourselves', async () => {
  const { port: PORT } = await listening(() => {})
  const findings = await lookWith(web, { settings: { PORT }, seconds: 0.5 })
  expect(findings).toMatchObject([{ id: 'web-silent', level: 'look' }])
  expect(textOf(findings, 'web-silent')).toContain('1 秒没有回话，可能就是问策自己')
  expect(findings[0]?.todo).not.toContain('停掉')
})

test('nobody has it', async () => {
  const { port, close } = await serve({})
  close()
  expect(idsOf(await lookWith(web, { settings: { PORT: port } }))).toEqual(['web-free'])
})

test.each([
  [true, {}, ['web-trust']],
  [true, { TRUSTED_PROXIES }, []],
  [false, {}, []],
])('in a container (%s) with %o its proxy is to be named', (isContained, more, ids) => {
  const config = parseConfig({ PUBLIC_URL: 'https://wence.example', ...more })
  expect(idsOf(trust(config, isContained))).toEqual(ids)
})

test('people do not reach it, or somebody else', async () => {
  const [ours, other] = [await serve(HEALTHY), await serve({ '/healthz': [200, '<p>nginx'] })]
  const at = (PUBLIC_URL: string) =>
    lookWith(web, { settings: { PORT: ours.port, PUBLIC_URL } }).then((findings) =>
      textOf(findings, 'web-public-fails'),
    )
  expect(await at(`http://127.0.0.1:${other.port}`)).toContain('不是本程序')
  other.close()
  expect(await at(`http://127.0.0.1:${other.port}`)).toMatch(/ECONNREFUSED|UND_ERR_SOCKET/u)
})
