import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { SECRETS, SETTINGS } from '../../src/config.ts'
import { fileOf } from '../../src/cli/secret-files.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const { version, optionalDependencies } = JSON.parse(read('package.json'))
const FILES = SECRETS.map(fileOf)

interface Service {
  readonly image: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly ports?: readonly string[]
  readonly networks: readonly string[]
  readonly volumes?: readonly string[]
  readonly profiles?: readonly string[]
}
const written = read('compose.yaml')
const compose = parse(written, { merge: true })
const services: [string, Service][] = Object.entries(compose.services)
const ours = services.filter(([, { image }]) => image.startsWith('wence:'))

/** What only compose.yaml knows of `.env`, and how each says what it is when it is left out. */
const COMPOSE_ALONE =
  /^(?:ARTICLES|BOT_PORT|WEB_PORT|WENCE_MEMORY|QDRANT_MEMORY|OLLAMA_MEMORY|NPM_CONFIG_REGISTRY)$/u

test('the bot, the web server and ingest are what runs, alone or beside a Qdrant and a model', () => {
  expect(services.map(([name, { profiles = [] }]) => [name, ...profiles])).toEqual([
    ['bot'],
    ['web'],
    ['ingest'],
    ['qdrant', 'qdrant'],
    ['ollama', 'ollama'],
    ['model', 'ollama'],
  ])
})

test('each variable is a setting, or has a value where it is left out', () => {
  for (const [, name = '', rest = ''] of written.matchAll(/\$\{(\w+)([^}]*)/gu)) {
    expect(rest, name).toMatch(/^:[-+]|^$/u)
    if (!COMPOSE_ALONE.test(name)) expect([...SETTINGS, ...FILES]).toContain(name)
  }
})

test.each(ours)('%s is told settings alone', (_, { environment = {} }) => {
  const names = Object.keys(environment).filter((name) => name !== 'TZ')
  expect([...SETTINGS, ...FILES]).toEqual(expect.arrayContaining(names))
})

test.each(ours)('%s has each secret from its file, or not at all', (name, service) => {
  const { environment = {}, secrets = [] } = service
  const isBot = name === 'bot'
  const its = SECRETS.filter((secret) => isBot || !secret.startsWith('TELEGRAM_'))
  expect(new Set(secrets)).toEqual(new Set(its))
  for (const secret of SECRETS) {
    const path = environment[fileOf(secret)]
    if (its.includes(secret)) expect(path).toContain(`/run/secrets/${secret}`)
    else expect([path, environment[secret]]).toEqual(['', ''])
  }
  expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(its))
})

test.each(services)(
  '%s has a version, limits, and no right that it does not need',
  (_, service) => {
    expect(service.image).toMatch(/:v?\d+\.\d+\.\d+(?:-\w+)?$/u)
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      mem_limit: expect.any(String),
      pids_limit: expect.any(Number),
      restart: expect.any(String),
      logging: { options: { 'max-size': expect.any(String), 'max-file': expect.any(String) } },
    })
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/u)
  },
)

test('nobody but ours reaches the Qdrant', () => {
  expect(compose.services.qdrant).toMatchObject({ networks: ['index'] })
  expect(compose.services.qdrant.ports).toBeUndefined()
  expect(compose.networks.index).toEqual({ internal: true })
})

test('what runs is in the image, which has the version of the package', () => {
  for (const [, { image, command = ['src/main.ts'] }] of ours) {
    expect(image).toBe(`wence:${version}`)
    expect(command[0]).toMatch(/^src\//u)
    expect(existsSync(new URL(command[0]!, root))).toBe(true)
  }
})

const dockerfile = read('Dockerfile')
/** What is copied from here, not from another stage. */
const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gmu)].flatMap(([, paths = '']) =>
  paths.split(' '),
)

test('the image is made with the Node that npm brings', () => {
  const versions = [...dockerfile.matchAll(/^FROM node:([\d.]+)-/gmu)].map(([, of]) => of)
  expect(versions).toHaveLength(2)
  expect(new Set(versions)).toEqual(new Set(Object.values(optionalDependencies)))
})

test('what the image copies is here, and nothing else goes to the builder', () => {
  for (const path of copied) expect(existsSync(new URL(path, root)), path).toBe(true)
  const [first, ...passed] = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(first).toBe('*')
  expect(new Set(passed)).toEqual(new Set(copied.map((path) => `!${path}`)))
})
