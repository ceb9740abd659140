import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '../../src')
const SHARED = ['web/style.css', 'desk/desk.css']
const files = globSync('{web,desk}/**/*.css', { cwd: SRC }).toSorted()

/** The rules of a file: each selector with what it sets. */
const rules = new Map(
  files.map((file) => {
    const css = readFileSync(join(SRC, file), 'utf8').replaceAll(/\/\*.*?\*\//gsu, '')
    const found = [...css.matchAll(/([^{};]+)\{([^{}]*)\}/gu)].flatMap(([, selectors, body]) =>
      selectors!.split(',').map((selector) => ({
        selector: selector.trim(),
        sets: body!
          .split(';')
          .map((one) => one.trim())
          .filter(Boolean),
      })),
    )
    return [file, found] as const
  }),
)
/** Classes of which a file says how they look wherever they stand. */
const looks = (file: string) =>
  new Set(rules.get(file)!.flatMap(({ selector }) => /^\.([\w-]+)$/u.exec(selector)?.[1] ?? []))

test('rooms do not say again how a class looks that all pages share, nor what another room says', () => {
  const rooms = files.filter((file) => file.startsWith('desk/') && !SHARED.includes(file))
  expect(rooms.length).toBeGreaterThan(3)
  const seen = new Map(SHARED.flatMap((file) => [...looks(file)].map((name) => [name, file])))
  const again: string[] = []
  for (const file of rooms)
    for (const name of looks(file)) {
      if (seen.has(name)) again.push(`${file}: .${name} stands in ${seen.get(name)}`)
      else seen.set(name, file)
    }
  expect(again).toEqual([])
})

test('no file copies a whole rule of another', () => {
  const all = files.flatMap((file) => rules.get(file)!.map((rule) => ({ ...rule, file })))
  const alike = Map.groupBy(
    all.filter(({ sets }) => sets.length > 3),
    ({ sets }) => sets.toSorted().join('; '),
  )
  const copied = [...alike].filter(([, of]) => new Set(of.map(({ file }) => file)).size > 1)
  expect(copied.map(([, of]) => of.map(({ file, selector }) => `${file} ${selector}`))).toEqual([])
})
