import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArticles } from '../../../src/ingest/read-articles.ts'
import { openAsking, WAYS } from '../../growth/asking.ts'
import { FORMATS } from '../../growth/formats.ts'
import { type Growth, measure } from '../../growth/grows.ts'
import { KINDS, type Kind } from '../../growth/kinds.ts'
import type { Attack, Measured } from '../attack.ts'

/** Characters of a file. */
const FILE = [12_500, 50_000]
/** Characters of a message; Telegram's longest has 4,096. */
const MESSAGE = [128, 512]
const LONGEST_MESSAGE = [4096]
/** Milliseconds of one processor. */
const FILE_MS = 5000
const MESSAGE_MS = 150

interface Seen extends Growth {
  readonly of: string
  readonly grows: boolean
}

export const attack: Attack = {
  name: 'growth',
  does: `texts of ${KINDS.length} kinds, each one thing over and over, up to 50,000 characters in ${Object.keys(FORMATS).length} formats, in questions, claims and articles that are told`,
  promises: `four times the text takes less than eight times as long; no file more than ${FILE_MS / 1000} s of one processor, no message more than ${MESSAGE_MS} ms`,
  async run({ share, say }) {
    // Some of each group of kinds.
    const kinds = KINDS.filter((_, i) => Math.floor((i + 1) * share) > Math.floor(i * share))
    const folder = mkdtempSync(join(tmpdir(), 'wence-growth-'))
    const asking = await openAsking()
    try {
      const files: Seen[] = []
      for (const [name, write] of Object.entries(FORMATS)) {
        say(name)
        const file = join(folder, name)
        const read = async (text: string) => {
          writeFileSync(file, write(text))
          // A file that holds no article may say so.
          await Array.fromAsync(readArticles(file, name, () => {})).catch(() => {})
        }
        files.push(...(await seen(name, kinds, FILE, read)))
      }
      say('articles that are told')
      const told = await seen('told', kinds, FILE, async (text) => {
        await asking.print('kind.txt', FORMATS['whole.txt']!(text))
        await asking.tell()
      })
      const messages: Seen[] = []
      for (const way of WAYS) {
        say(way)
        messages.push(...(await seen(way, kinds, MESSAGE, asking.ways[way])))
        messages.push(...(await seen(way, kinds, LONGEST_MESSAGE, asking.ways[way])))
      }
      return [
        ...figures('file', files, FILE_MS),
        ...figures('article told', told, FILE_MS),
        ...figures('message', messages, MESSAGE_MS),
      ]
    } finally {
      await asking.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function seen(
  name: string,
  kinds: readonly Kind[],
  lengths: readonly number[],
  run: (text: string) => unknown,
): Promise<Seen[]> {
  const all: Seen[] = []
  for (const kind of kinds) {
    const grown = await measure((length, salt) => run(kind.text(length, salt)), lengths)
    all.push({ of: `${name} of ${kind.name}`, ...grown })
  }
  return all
}

function figures(what: string, all: readonly Seen[], mostMs: number): Measured[] {
  const grown = all.filter(({ grows }) => grows)
  const slowest = all.toSorted((a, b) => b.ms.at(-1)! - a.ms.at(-1)!)[0]!
  const steepest = all.filter(({ ms }) => ms.at(-1)! > 100).toSorted((a, b) => b.ratio - a.ratio)[0]
  return [
    {
      what: `${what}: grown faster than the text`,
      value: `${grown.length} of ${all.length}${grown.map(({ of, ms }) => `, ${of} (${ms.map(Math.round).join(' → ')} ms)`).join('')}`,
      kept: grown.length === 0,
    },
    {
      what: `${what}: slowest, ms`,
      value: `${Math.round(slowest.ms.at(-1)!)} (${slowest.of})`,
      kept: slowest.ms.at(-1)! <= mostMs,
    },
    ...(steepest
      ? [
          {
            what: `${what}: four times the text, times as long, of what takes 100 ms`,
            value: `${steepest.ratio.toFixed(1)} (${steepest.of})`,
          },
        ]
      : []),
  ]
}
