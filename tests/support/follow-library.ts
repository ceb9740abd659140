/** Articles that come one after the other, read into an index of its own as `npm run ingest` does. */
import { openReaders } from '../../src/ingest/reading/open-readers.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStores, openWence } from '../../src/cli/open.ts'
import { type Config, parseConfig } from '../../src/config.ts'
import { createLibrary } from '../../src/conversation/library.ts'
import { ingest } from '../../src/ingest/ingest.ts'

export interface Printed {
  readonly title: string
  readonly text: string
  readonly date?: string
  readonly place?: string
}

/** Something to begin with, that has nothing to do with what follows. */
export const WATER = {
  title: '柳河镇自来水管网改造完工',
  text: '柳河镇的自来水管网改造已经完工，居民用水更加稳定。镇里安排专人巡查管线，发现漏点当天修复。',
  date: '2026-11-20',
  place: '濮阳市',
}
export const LOANS = {
  title: '银行上门办专利质押贷款',
  text: '濮阳市对专利质押贷款给予贴息，贴息比例为贷款利息的一半，每家企业每年最高二十万元。企业可向市知识产权局申请专利质押贷款贴息，材料齐全的十个工作日内办结。',
  date: '2026-11-25',
  place: '濮阳市',
}

let readers: ReturnType<typeof openReaders<'articles'>> | undefined

/** What reads files stays open from one test to the next. */
export const closeReaders = () => readers?.close()

/** Reads one file of articles into the index of a data directory, in the place of what it held. */
export async function bring(dir: string, name: string, articles: readonly Printed[]) {
  const folder = join(dir, 'papers')
  mkdirSync(folder, { recursive: true })
  const lines = articles.map((one) => JSON.stringify({ publication: '渡口日报', ...one }))
  writeFileSync(join(folder, name), lines.join('\n'))
  readers ??= openReaders('articles')
  const stores = await openStores(parseConfig({ WENCE_DATA_DIR: dir }), readers)
  try {
    await ingest([folder], stores)
  } finally {
    await stores.close()
  }
}

/** What a bot answers from: the index of its data directory. */
export async function openIndexed(config: Config) {
  const wence = await openWence(config)
  const { conversation, arrivals, checkClaim } = wence
  return { ...conversation, ...createLibrary(wence), ...arrivals, checkClaim }
}
