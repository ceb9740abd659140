import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import type { Anchor, Correction } from '../correction.ts'
import type { Article } from '../corpus.ts'
import type { Change, ReadAgain, Sources } from '../desk/articles/sources.ts'
import { openCorrections } from '../ingest/corrections/corrections-file.ts'
import type { Asked } from '../explanation.ts'
import type { Outcome } from '../ingest/ingest.ts'
import { type Ledger, openLedger } from '../ingest/ledger.ts'
import type { Readers } from '../ingest/reading/open-readers.ts'
import type { Logger } from '../log.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import { KINDS } from '../web/article-words.ts'
import { lookAt } from './look-at.ts'
import { correctionsFile, ledgerFile } from './open-index.ts'
import type { IngestJob } from './run-ingest.ts'
import { messageOf } from '../message-of.ts'
import { betweenCharacters, cut } from '../code-points.ts'
import { clock } from '../clock.ts'

export interface DeskSourcesDeps {
  readonly config: Config
  readonly index: Pick<PassageIndex, 'article'>
  readonly readers: Pick<Readers<'explanation'>, 'read'>
  readonly ingest: (job: IngestJob) => Promise<Outcome[]>
  readonly log: Logger
}

/** Of larger sources only the articles around a correction are compared. */
const MOST_COMPARED = 200

/** What the desk asks of ingest, over what that remembers and the processes in which it reads. */
export function openDeskSources({ config, index, readers, ingest, log }: DeskSourcesDeps) {
  const onNotice = (notice: string) => log.error(notice)
  const corrections = openCorrections(correctionsFile(config), { onNotice })
  let opened: Ledger | undefined
  ledger()

  const sources: Sources = {
    list: untilChanged([], (from) => from.sources()),
    find: (source) => ledger()?.sources(source)[0],
    articlesOf: (source) => ledger()?.articlesOf(source) ?? [],
    sourceByArticle: untilChanged(new Map<string, string>(), (from) => from.sourceByArticle()),
    look,
    corrections: of,
    unreadCorrections: () => corrections.unread(),
    async correct(source, at, corrected, by) {
      if (corrected.length === 0) return { fault: null, changes: [] }
      const [before, place] = await Promise.all([articlesOf(source), placeAlone(source, at)])
      const made = { source, by, at: new Date(clock.now()).toISOString() }
      for (const one of corrected) corrections.add({ id: randomUUID(), ...made, ...place, ...one })
      return readAgain(source, before)
    },
    async undo(source, id) {
      const before = await articlesOf(source)
      if (of(source).some((one) => one.id === id)) corrections.undo(id)
      return readAgain(source, before)
    },
  }
  return { sources, ledger, close: () => opened?.close() }

  /** A machine that only serves has none, until something is taken in. */
  function ledger(): Ledger | undefined {
    if (!opened && existsSync(ledgerFile(config)))
      opened = openLedger(ledgerFile(config), null, { onNotice })
    return opened
  }

  /** Of ten thousand sources it takes a tenth of a second, and nobody shall wait that long for a click. */
  function untilChanged<T>(nothing: T, read: (from: Ledger) => T): () => T {
    let known = { version: '', value: nothing }
    return () => {
      const from = ledger()
      if (!from) return nothing
      const version = from.version()
      if (version !== known.version) known = { version, value: read(from) }
      return known.value
    }
  }

  async function look(source: string, asked: Asked) {
    const path = pathOf(source)
    const kind = ledger()?.kindGiven(path) ?? null
    return lookAt(readers, { path, source, kind, corrections: of(source) }, asked)
  }

  /** A place in a line of data with as many words as tell it from all other lines, which may move. */
  async function placeAlone(source: string, at: Anchor): Promise<Anchor> {
    if (at.line === null) return at
    const { explanation } = await look(source, { n: at.line, near: at.near })
    return { ...at, words: explanation?.alone ?? at.words }
  }

  function of(source: string): Correction[] {
    return corrections.all().filter((one) => one.source === source)
  }

  function pathOf(source: string): string {
    const files = ledger()?.filesOf(source) ?? []
    return (files.find(({ path }) => existsSync(path)) ?? files[0])?.path ?? source
  }

  async function readAgain(source: string, before: readonly Article[]): Promise<ReadAgain> {
    const path = pathOf(source)
    const said = await ingest({ kind: 'again', path }).then(
      (outcomes) => faultOf(outcomes, source),
      (error) => messageOf(error),
    )
    const fault = said === null ? null : { isGone: !existsSync(path), said }
    return { fault, changes: changesOf(before, await articlesOf(source)) }
  }

  async function articlesOf(source: string): Promise<Article[]> {
    const ids = sources.articlesOf(source).slice(0, MOST_COMPARED)
    const articles = await Promise.all(ids.map(({ id }) => index.article(id)))
    // One that it reprints is another's.
    return articles.flatMap((one) => (one?.source === source ? [one] : []))
  }
}

function faultOf(outcomes: readonly Outcome[], source: string): string | null {
  const failed = outcomes.find((one) => one.status === 'failed' && one.error.includes(source))
  if (failed?.status === 'failed') return failed.error
  const isDone = outcomes.some((one) => one.source === source)
  return isDone ? null : `${source}: it was not read.`
}

function changesOf(before: readonly Article[], after: readonly Article[]): Change[] {
  const old = new Map(before.map((article) => [article.id, article]))
  const ids = new Set(after.map(({ id }) => id))
  const change = (status: Change['status'], { headline }: Article): Change => ({
    status,
    headline,
    fields: [],
  })
  return [
    ...before.filter(({ id }) => !ids.has(id)).map((article) => change('gone', article)),
    ...after.flatMap((article): Change[] => {
      const was = old.get(article.id)
      if (!was) return [change('new', article)]
      const fields = FIELDS.map(([name, value]) => ({
        name,
        from: value(was),
        to: value(article),
      })).filter(({ from, to }) => from !== to)
      return fields.length > 0 ? [{ ...change('changed', article), fields }] : []
    }),
  ]
}

const FIELDS: readonly (readonly [string, (article: Article) => string])[] = [
  ['标题', ({ headline }) => headline ?? ''],
  ['类别', ({ kind }) => KINDS[kind]],
  ['日期', ({ date }) => date.value ?? ''],
  ['地点', ({ place }) => place.join('')],
  [
    '正文',
    ({ text }) =>
      `${cut(text, 20)}…${text.slice(betweenCharacters(text, Math.max(0, text.length - 20)))}（${text.length} 字）`,
  ],
]
