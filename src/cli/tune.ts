import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gather } from '../answer/context/gather.ts'
import { type Judged, parseJudged } from '../answer/pick/learned/learn/judged.ts'
import {
  type Example,
  type FeatureLine,
  learn,
  spread,
} from '../answer/pick/learned/learn/learn.ts'
import type { Weights } from '../answer/pick/learned/model.ts'
import { fnv1a } from '../fnv1a.ts'
import { ingest } from '../ingest/ingest.ts'
import { openLedger } from '../ingest/ledger.ts'
import { openEmbeddedIndex } from '../retrieval/embedded-index.ts'
import { createRetrieve } from '../retrieval/retrieve.ts'
import { command, UsageError } from './command.ts'

const usage = `npm run tune -- QUESTIONS.jsonl…   learns what the picker without a model weighs

  --about PATH   the file or folder that all of them are about; without it articles.jsonl or
                 docs.jsonl beside each, or seeds/
  --most N       of each file so many questions at most (800)
  --weight FILE=NUMBER  what a file's questions count beside the others' (1); may be repeated
  --out FILE     where the weights go (src/answer/pick/learned/weights.json)
  --dry-run      only says how well they do

A question a line, with {"answers":[…],"doc_ids":[…]} or {"evidence":[{"file","quote"}],"must_contain",
"must_contain_any"}; of kind "unanswerable" or with no doc_ids, nothing answers it. Prints how well the
weights do by document on what was held out, and what each feature weighs and costs.`

const options = {
  about: { type: 'string' },
  most: { type: 'string', default: '800' },
  weight: { type: 'string', multiple: true },
  out: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const

const SEEDS = fileURLToPath(new URL('../../seeds', import.meta.url))
const WEIGHTS = fileURLToPath(new URL('../answer/pick/learned/weights.json', import.meta.url))
/** So many passages, as an answer reads them. */
const DEPTH = 20
const log = (line: string) => console.error(line)

await command({ usage, options }, async ({ values, positionals }) => {
  if (positionals.length === 0) throw new UsageError('Which files of judged questions?')
  const most = Number(values.most)
  if (!(most > 0)) throw new UsageError('--most takes a number of questions.')
  const about = (file: string) => values.about ?? aboutOf(file)
  const sets = Map.groupBy(positionals, about)
  const examples: Example[] = []
  for (const [path, files] of sets)
    examples.push(...(await examplesAbout(path, files, most, weightsOf(values.weight))))
  const { weights, heldOut, table } = learn(examples, log)
  printFigures(heldOut)
  printTable(table)
  if (values['dry-run']) return
  const made: Weights = {
    about: { made: new Date().toISOString().slice(0, 10), from: countsOf(examples), heldOut },
    ...weights,
  }
  await writeFile(values.out ?? WEIGHTS, `${JSON.stringify(made, null, 1)}\n`)
  log(`Written: ${values.out ?? WEIGHTS}`)
})

function weightsOf(given: readonly string[] | undefined): ReadonlyMap<string, number> {
  return new Map(
    (given ?? []).map((one) => {
      const [name = '', weight = ''] = one.split('=')
      if (!(Number(weight) >= 0)) throw new UsageError('--weight takes FILE=NUMBER.')
      return [name, Number(weight)]
    }),
  )
}

function aboutOf(file: string): string {
  const beside = ['articles.jsonl', 'docs.jsonl'].map((name) => join(dirname(file), name))
  return beside.find((path) => existsSync(path)) ?? SEEDS
}

/** Asks every question of an index of its own with nothing in it but what they are about. */
async function examplesAbout(
  path: string,
  files: readonly string[],
  most: number,
  weights: ReadonlyMap<string, number>,
): Promise<Example[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wence-tune-'))
  const index = openEmbeddedIndex(join(folder, 'index.sqlite'), { onNotice: log })
  try {
    const ledger = openLedger(join(folder, 'ingest.sqlite'), await index.identity())
    await ingest([path], { index, ledger })
    ledger.close()
    const retrieve = createRetrieve({ index })
    const examples: Example[] = []
    for (const file of files) {
      for (const judged of sample(await readJudged(file), most)) {
        const retrieved = await retrieve(judged.question, DEPTH)
        const context = await gather(
          retrieved.results.map(({ passage }) => passage),
          retrieved.understood,
          { passages: (id) => index.passages(id) },
        )
        const set = join(basename(dirname(file)), basename(file))
        const weight = weights.get(set) ?? 1
        examples.push({ set, weight, judged, standalone: retrieved.standalone, retrieved, context })
      }
    }
    return examples
  } finally {
    await index.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function readJudged(file: string): Promise<Judged[]> {
  const lines = (await readFile(file, 'utf8')).split('\n')
  return lines.flatMap((line, i): Judged[] => {
    if (line.trim() === '') return []
    try {
      return [parseJudged(JSON.parse(line))]
    } catch (error) {
      throw new Error(`${file}:${i + 1}: this is no judged question.`, { cause: error })
    }
  })
}

/** The same questions each time. */
function sample(all: readonly Judged[], most: number): readonly Judged[] {
  if (all.length <= most) return all
  const order = (one: Judged) => spread(fnv1a(one.question.id ?? one.question.question))
  return all.toSorted((a, b) => order(a) - order(b)).slice(0, most)
}

function countsOf(examples: readonly Example[]) {
  return [...Map.groupBy(examples, ({ set }) => set)].map(([questions, own]) => ({
    questions,
    asked: own.length,
    unanswerable: own.filter(({ judged }) => !judged.answerable).length,
  }))
}

function printFigures(heldOut: Record<string, Record<string, number>>) {
  console.log('Held out, by document:')
  for (const [set, figures] of Object.entries(heldOut)) {
    const words = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`)
    console.log(`  ${set}: ${words.join(', ')}`)
  }
}

function printTable(table: readonly FeatureLine[]) {
  console.log('\nfeature, weight for a standard deviation, said first lost without it (points):')
  for (const { name, weight, costsSaidFirst } of table) {
    console.log(
      `  ${name.padEnd(22)} ${weight.toFixed(3).padStart(7)} ${(100 * costsSaidFirst).toFixed(2).padStart(7)}`,
    )
  }
}
