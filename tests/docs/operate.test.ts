import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { SETTINGS } from '../../src/config.ts'

const read = (file: string) => readFileSync(file, 'utf8')
const all = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))].toSorted()

const DOCS = ['docs/operate.md', 'docs/operate.zh.md'] as const
const anchorsIn = (text: string) => [
  ...all(text, /<a id="([^"]+)"><\/a>/gu),
  ...all(text, /^### (Wence\w+)$/gmu).map((name) => name.toLowerCase()),
]

test('both languages have the same parts, and the same commands', () => {
  const [english = '', chinese = ''] = DOCS.map(read)
  expect(anchorsIn(chinese)).toEqual(anchorsIn(english))
  const commands = (text: string) =>
    [...text.matchAll(/^```sh\n(.*?)^```/gmsu)].map(([, code = '']) =>
      code.replaceAll(/\s*#.*$/gmu, '').trim(),
    )
  expect(commands(chinese)).toEqual(commands(english))
  expect(commands(english).length).toBeGreaterThan(10)
})

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')))

test.each(DOCS)('%s names what there is', (file) => {
  const text = read(file)
  const anchors = anchorsIn(text)
  for (const anchor of all(text, /\]\(#([\w-]+)\)/gu)) expect(anchors).toContain(anchor)
  for (const link of all(text, /\]\((?!https?:|#)([^)#]+)/gu))
    expect(existsSync(join('docs', link)), link).toBe(true)
  for (const name of all(text, /npm run ([a-z][a-z-]*)/gu))
    expect(Object.keys(scripts)).toContain(name)
  for (const path of all(text, /(src\/cli\/[a-z-]+\.ts)/gu))
    expect(existsSync(path), path).toBe(true)
  const settings = SETTINGS.flatMap((name) => [name, `${name}_FILE`])
  for (const name of all(text, /`([A-Z][A-Z_]{5,})(?:=[^`]*)?`/gu)) expect(settings).toContain(name)
  const measured = globSync('src/{metrics,cli,bot}/**/*.ts').map(read).join('')
  for (const name of all(text, /`wence_(\w+)`/gu)) expect(measured, name).toContain(name)
})

test.each(DOCS)('%s tells what to do when each alert fires', (file) => {
  const alerts = all(read('deploy/prometheus/alerts.yml'), /- alert: (\w+)/gu)
  expect(alerts.length).toBe(4)
  expect(all(read(file), /^### (Wence\w+)$/gmu)).toEqual(alerts)
})

test.each(DOCS)('%s knows what the doctor says', (file) => {
  const said = all(read('src/cli/doctor/say.ts'), /(?:fine|look|broken)\(\s*'([a-z-]+)'/gu)
  const [, table = ''] = read(file).split('<a id="troubleshooting"></a>')
  // The first column alone: commands stand in the other.
  const ids = all(table, /^\|([^|\n]*)\|/gmu).join()
  const told = all(ids, /`([a-z]+(?:-[a-z]+)*)`/gu).filter((id) => id !== 'id')
  expect(told.length).toBeGreaterThan(20)
  expect(said).toEqual(expect.arrayContaining(told.filter((id) => !id.includes('.'))))
})
