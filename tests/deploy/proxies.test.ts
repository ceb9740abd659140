/** The files of deploy/ in the real nginx and Caddy, before the server that they are for. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../../src/cli/bench/free-port.ts'
import { MOST_MEGABYTES } from '../../src/desk/articles/uploads.ts'
import { behindProxies, clientOf } from '../../src/web/client.ts'
import { eventStream } from '../../src/web/event-stream.ts'
import { startHttp } from '../../src/web/server.ts'
import { tempFolder } from '../support/temp.ts'

const NAME = 'wence.example.org'
const written = (file: string) =>
  readFileSync(new URL(`../../deploy/${file}`, import.meta.url), 'utf8')

interface Ports {
  readonly front: number
  readonly web: number
  readonly bot: number
}

const behind = (config: string, { web, bot }: Ports) =>
  config
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${web}`)
    .replaceAll('127.0.0.1:8081', `127.0.0.1:${bot}`)

/** Each as it is, but without certificates, on a port of its own, and writing nowhere but into a folder. */
const PROXIES = {
  nginx: {
    program: process.env['NGINX_PATH'] || 'nginx',
    version: '-v',
    start: (program: string, folder: string, ports: Ports) => {
      const { front } = ports
      const site = written('nginx.conf')
      const secure = behind(site.slice(site.indexOf('server {', site.indexOf('return 301'))), ports)
        .replace(/ +ssl_certificate.*\n/gu, '')
        .replace('listen 443 ssl;', `listen ${front};`)
        .replace('    listen [::]:443 ssl;\n', '')
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${folder}/${name};`)
        .join(' ')
      const file = join(folder, 'nginx.conf')
      writeFileSync(
        file,
        `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
        events {} http { access_log off; ${temporary}\n${secure}}`,
      )
      return spawn(program, ['-p', folder, '-e', join(folder, 'error.log'), '-c', file])
    },
  },
  caddy: {
    program: process.env['CADDY_PATH'] || 'caddy',
    version: 'version',
    start: (program: string, folder: string, ports: Ports) => {
      const file = join(folder, 'Caddyfile')
      const site = behind(written('Caddyfile'), ports).replace(
        `\n${NAME} {`,
        `\nhttp://:${ports.front} {`,
      )
      writeFileSync(file, `{\n\tadmin off\n}\n${site}`)
      const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
      return spawn(program, ['run', '--config', file, '--adapter', 'caddyfile'], { env })
    },
  },
}

/** The address of this machine that others see; it is no proxy of ours. */
const OUTSIDE = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address

describe.each(Object.entries(PROXIES))('%s', (name, { program, version, start }) => {
  const isHere = spawnSync(program, [version]).error === undefined
  if (!isHere)
    process.stderr.write(`No ${name} here: what stands before the server is not tried.\n`)

  async function started() {
    const { promise: told, resolve: goOn } = Promise.withResolvers<void>()
    const web = new Hono()
    web.use(behindProxies([], { warn: () => {} }))
    web.get('/who', (c) => c.text(`${clientOf(c)} ${c.req.header('host')}`))
    web.get('/events', (c) =>
      eventStream(c, async (say) => {
        await say('first', 1)
        await told
        await say('last', 2)
      }),
    )
    web.post('/upload', async (c) => c.text(String((await c.req.arrayBuffer()).byteLength)))
    web.get('/metrics', (c) => c.text('wence_questions_total 1'))
    const bot = new Hono().post('/telegram', (c) => c.text('taken'))
    const [webServer, botServer] = await Promise.all(
      [web, bot].map((app) => startHttp(app, { port: 0, host: '127.0.0.1' })),
    )
    const front = await freePort()
    const ports = { front, web: webServer!.port, bot: botServer!.port }
    const proxy = start(program, tempFolder(), ports)
    onTestFinished(async () => {
      goOn()
      proxy.kill('SIGKILL')
      await Promise.all([once(proxy, 'exit'), webServer!.close(), botServer!.close()])
    })
    const at = (path: string, init?: RequestInit, host = '127.0.0.1') =>
      fetch(`http://${host}:${front}${path}`, init)
    await vi.waitFor(() => at('/who'), { timeout: 15_000, interval: 50 })
    return { at, goOn }
  }

  test.skipIf(!isHere)('tells an answer as it comes', async () => {
    const { at, goOn } = await started()
    const { body } = await at('/events')
    const chunks = body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]()
    let text = ''
    while (!text.includes('first')) text += (await chunks.next()).value
    expect(text).not.toContain('last')
    goOn()
    for await (const chunk of chunks) text += chunk
    expect(text).toContain('last')
  })

  test.skipIf(!isHere || !OUTSIDE)('says whom it speaks for, whatever they say', async () => {
    const { at } = await started()
    const said = await at('/who', { headers: { 'x-forwarded-for': '203.0.113.7' } }, OUTSIDE)
    expect(await said.text()).toMatch(new RegExp(`^${OUTSIDE} ${OUTSIDE}`, 'u'))
  })

  test.skipIf(!isHere)('lets through as much as staff may hand in', async () => {
    const { at } = await started()
    const most = MOST_MEGABYTES * 1_000_000 + 100_000
    const taken = await at('/upload', { method: 'POST', body: new Uint8Array(most) })
    expect(await taken.text()).toBe(String(most))
  })

  test.skipIf(!isHere)('parts what is the bot’s, and keeps the metrics to itself', async () => {
    const { at } = await started()
    expect(await (await at('/telegram', { method: 'POST', body: '{}' })).text()).toBe('taken')
    expect((await at('/metrics')).status).toBe(404)
  })
})
