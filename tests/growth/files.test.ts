import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readArticles } from '../../src/ingest/read-articles.ts'
import { tempFolder } from '../support/temp.ts'
import { FORMATS } from './formats.ts'
import { measure } from './grows.ts'
import { KINDS } from './kinds.ts'

const LENGTHS = [2000, 8000]

test.each(Object.keys(FORMATS))(
  '%s is read in the time of its length, whatever is in it',
  async (name) => {
    const folder = tempFolder()
    let files = 0
    const read = async (text: string) => {
      const file = join(folder, `${files++}-${name}`)
      writeFileSync(file, FORMATS[name]!(text))
      // A file that holds no article may say so.
      await Array.fromAsync(readArticles(file, name, () => {})).catch(() => {})
    }
    await read('甲')
    const grown: Record<string, string> = {}
    for (const kind of KINDS) {
      const { grows, ms } = await measure((length, salt) => read(kind.text(length, salt)), LENGTHS)
      if (grows) grown[kind.name] = ms.map(Math.round).join(' → ')
    }
    expect(grown).toEqual({})
  },
  120_000,
)
