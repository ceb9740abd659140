import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { gather } from '../answer/context/gather.ts'
import { type Judged, parseJudged } from '../answer/pick/learned/learn/judged.ts'
import {
  type Example,
  type FeatureLine,
  type Figures,
  learn,
  spread,
} from '../answer/pick/learned/learn/learn.ts'
import type { Weights } from '../answer/pick/learned/weights.ts'
import { JudgedCut, learnNeeds } from '../answer/tell/learn-needs.ts'
import type { Needs } from '../answer/tell/needs.ts'
import { fnv1a } from '../fnv1a.ts'
import { ingest } from '../ingest/ingest.ts'
import { learnLines, MarkedPage, scoreHeldOut } from '../ingest/layout/learn-lines.ts'
import { openLedger } from '../ingest/ledger.ts'
import type { OrderWeights } from '../language/planted/addresses-machine.ts'
import { JudgedSentence, learnOrders } from '../language/planted/learn-orders.ts'
import { sentences } from '../language/sentences.ts'
import type { Chain } from '../learn/chain.ts'
import { openEmbeddedIndex } from '../retrieval/embedded-index.ts'
import { createRetrieve } from '../retrieval/retrieve.ts'
import { command, UsageError } from './command.ts'
import { readText } from './read-text.ts'
import { chinaToday } from '../china-time.ts'
import { SEEDS } from './seeds-folder.ts'

const usage = `npm run tune -- QUESTIONS.jsonl…   learns what the picker by weights weighs
npm run tune -- --cuts CUTS.jsonl…  learns what a cut of a sentence needs told with it
npm run tune -- --lines PAGES.jsonl…  learns what the lines of a newspaper page are
npm run tune -- --orders FILE.jsonl…  learns what sentences speak to machines

  --about PATH   the file or folder that all of them are about; without it articles.jsonl or
                 docs.jsonl beside each, or seeds/
  --most N       of each file so many questions at most (800)
  --weight FILE=NUMBER  what a file's questions count beside the others' (1); may be repeated
  --out FILE     where the weights go (src/answer/pick/learned/weights.json, with --cuts
                 src/answer/tell/needs.json, with --lines src/ingest/layout/line-weights.json, with
                 --orders src/language/planted/weights.json)
  --dry-run      only says how well they do

A question a line, with {"answers":[…],"doc_ids":[…]} or {"evidence":[{"file","quote"}],"must_contain",
"must_contain_any"}; of kind "unanswerable" or with no doc_ids, nothing answers it. Prints how well the
weights do by document on what was held out, and what each feature weighs and costs.

A cut a line: {"id","sentence","keep":[…],"mustTell":[…],"mayDrop":[…]}, of the words of the sentence.

A page a line: {"text","marks":[[offset,label],…],"weight"?}: where each line of its begins, and what it is
(src/ingest/layout/label.ts has the labels).

A sentence a line: {"text","planted","by"}, by whose hand; or an article, {"title"?,"text"}, that a paper printed.`

const options = {
  cuts: { type: 'boolean' },
  lines: { type: 'boolean' },
  orders: { type: 'boolean' },
  about: { type: 'string' },
  most: { type: 'string', default: '800' },
  weight: { type: 'string', multiple: true },
  out: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const

const WEIGHTS = fileURLToPath(new URL('../answer/pick/learned/weights.json', import.meta.url))
const NEEDS = fileURLToPath(new URL('../answer/tell/needs.json', import.meta.url))
const LINES = fileURLToPath(new URL('../ingest/layout/line-weights.json', import.meta.url))
const ORDERS = fileURLToPath(new URL('../language/planted/weights.json', import.meta.url))
/** So many passages, as an answer reads them. */
const DEPTH = 20
const Printed = z.object({ title: z.string().nullish(), text: z.string() })
const log = (line: string) => console.error(line)

await command({ usage, options, allowPositionals: true }, async ({ values, positionals }) => {
  if (positionals.length === 0)
    throw new UsageError('Which files of judged questions, cuts or pages?')
  const made = chinaToday()
  const write = async (learned: Weights | Needs | Chain | OrderWeights, usual: string) => {
    const file = values.out ?? usual
    if (values['dry-run']) return
    await writeFile(file, `${JSON.stringify(learned, null, 1)}\n`)
    log(`Written: ${file}`)
  }
  if (values.cuts) {
    const cuts = await readAll(positionals, 'cut', (line) => JudgedCut.parse(line))
    if (cuts.length === 0) throw new Error('No cut in these files.')
    const needs = learnNeeds(cuts, made)
    console.log(figures(needs.about))
    return write(needs, NEEDS)
  }
  if (values.lines) {
    const pages = await readAll(positionals, 'page', (line) => MarkedPage.parse(line))
    if (pages.length === 0) throw new Error('No page in these files.')
    const about = { made, pages: pages.length, heldOut: scoreHeldOut(pages) }
    console.log(figures(about.heldOut))
    return write({ about, ...learnLines(pages) }, LINES)
  }
  if (values.orders) {
    const { judged, printed } = await readSentences(positionals)
    if (judged.length === 0) throw new Error('No judged sentence in these files.')
    const weights = learnOrders(judged, printed, made)
    console.log(figures(weights.about))
    return write(weights, ORDERS)
  }
  const weights = weightsOf(values.weight, positionals)
  const most = Number(values.most)
  if (!(most > 0)) throw new UsageError('--most takes a number of questions.')
  const sets = Map.groupBy(positionals, (file) => values.about ?? aboutOf(file))
  const examples: Example[] = []
  for (const [path, files] of sets)
    examples.push(...(await examplesAbout(path, files, most, weights)))
  if (examples.length === 0) throw new Error('No question in these files.')
  const { weights: learned, heldOut, byKind, table } = learn(examples, log)
  printFigures('Held out, by document', heldOut)
  printFigures('The same by kind of question', byKind)
  printTable(table)
  const about = { made, from: countsOf(examples), heldOut }
  return write({ about, ...learned }, WEIGHTS)
})

function weightsOf(
  given: readonly string[] = [],
  files: readonly string[],
): ReadonlyMap<string, number> {
  return new Map(
    given.map((one) => {
      const [, name = '', weight = ''] = /^(.*)=(\d+(?:\.\d+)?)$/u.exec(one) ?? []
      const file = files.find((path) => name !== '' && (path === name || path.endsWith(`/${name}`)))
      if (!file) throw new UsageError(`--weight takes one of the files and a number: ${one}`)
      return [file, Number(weight)]
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
      for (const judged of sample(await readAll([file], 'question', parseJudged), most)) {
        const retrieved = await retrieve(judged.question, DEPTH)
        const context = await gather(
          retrieved.results.map(({ passage }) => passage),
          retrieved.understood,
          { passages: (id) => index.passages(id) },
        )
        const set = join(basename(dirname(file)), basename(file))
        const weight = weights.get(file) ?? 1
        examples.push({ set, weight, judged, standalone: retrieved.standalone, retrieved, context })
      }
    }
    return examples
  } finally {
    await index.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The sentences that were judged, and those of articles. */
async function readSentences(files: readonly string[]) {
  const Line = z.union([JudgedSentence, Printed])
  const lines = await readAll(files, 'sentence or article', (line) => Line.parse(line))
  const judged = lines.flatMap((line) => ('planted' in line ? [line] : []))
  const printed = lines.flatMap((line) => {
    if ('planted' in line) return []
    const text = `${line.title ?? ''}\n${line.text}`
    return sentences(text).map(({ start, end }) => text.slice(start, end))
  })
  return { judged, printed: [...new Set(printed)] }
}

/** Every line of every file. */
async function readAll<T>(
  files: readonly string[],
  what: string,
  parse: (line: unknown) => T,
): Promise<T[]> {
  const all = files.map(async (file) =>
    (await readText(file)).split('\n').flatMap((line, i): T[] => {
      if (line.trim() === '') return []
      try {
        return [parse(JSON.parse(line))]
      } catch (error) {
        throw new Error(`${file}:${i + 1}: this is no judged ${what}.`, { cause: error })
      }
    }),
  )
  return (await Promise.all(all)).flat()
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

function printFigures(head: string, of: Figures) {
  console.log(`${head}:`)
  for (const [set, all] of Object.entries(of)) console.log(`  ${set}: ${figures(all)}`)
}

function figures(all: Readonly<Record<string, number | string>>): string {
  return Object.entries(all)
    .map(([name, figure]) => `${name} ${figure}`)
    .join(', ')
}

function printTable(table: readonly FeatureLine[]) {
  console.log('\nfeature, weight for a standard deviation, said first lost without it (points):')
  for (const { name, weight, costsSaidFirst } of table) {
    console.log(
      `  ${name.padEnd(22)} ${weight.toFixed(3).padStart(7)} ${(100 * costsSaidFirst).toFixed(2).padStart(7)}`,
    )
  }
}
