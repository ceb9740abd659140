/** A data directory with something in all that is state, and what is compared of two. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { JudgedQuestion } from '../../src/answer/evaluate/judged-question.ts'
import { isDatabase, stateFilesIn } from '../../src/backup/state-files.ts'
import { openStores } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/database/open.ts'
import { schemaOf } from '../../src/database/tables.ts'
import { openDeskDatabase } from '../../src/desk/desk-database.ts'
import { createJudgedStore } from '../../src/desk/judged/judged-store.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { PATIENTS } from './damage.ts'

const TEXTS = [
  '浚县对用电容量160千瓦以下的小微企业实行零投资接电，企业无需承担接电费用，3个工作日内办结。企业可以在手机上申请，也可以到营业厅窗口办理，不用往返跑路，供电所有专人上门服务。',
  '截至10月底，全市35家企业通过专利质押获得贷款4.2亿元，单笔最高3000万元，没有一笔逾期。市场监管部门为企业办理登记提供绿色通道，银行按评估价值的一半放款，利息由财政贴补。',
  '全市推行环评审批告知承诺制，同一园区的企业可以共用一份环评报告，审批时间由30天缩短到7天。园区管委会统一委托编制规划环评，入园项目只需补充说明自身排放情况，即可开工建设。',
]

/** Papers in a folder; the first by its name reprints what `c` prints. */
export function writePapers(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const line = (n: number, text: string) =>
    JSON.stringify({ title: text.slice(0, 12), text, date: `2023-03-0${n}`, place: '鹤壁市浚县' })
  TEXTS.forEach((text, n) =>
    writeFileSync(join(folder, `${'cba'[n]}.jsonl`), `${line(n + 1, text)}\n`),
  )
  writeFileSync(join(folder, 'a-reprint.jsonl'), `${line(1, TEXTS[0]!)}\n`)
}

/** Fills a data directory with papers that lie elsewhere, one handed in, and what people and staff did. */
export async function fillState(data: string, papers: string): Promise<void> {
  for (const patient of PATIENTS)
    if (['conversations', 'vectors'].includes(patient.name)) await (await patient.fill(data))()
  const desk = openDeskDatabase(join(data, 'desk.sqlite'))
  createJudgedStore(desk).importAll(
    [JudgedQuestion.parse({ id: 'q1', kind: 'fact', question: '接电要钱吗？' })],
    '工作人员',
    1,
  )
  desk.close()
  for (const [name, text] of [
    ['words/thesaurus.txt', '接电 = 通电\n'],
    ['uploads/handed-in.txt', `近日，市税务局推出新办法，企业可以网上申报，不收取费用。\n`],
    ['corrections.jsonl', '{"undo":"none"}\n'],
    ['eval/q.jsonl.json', '{}'],
  ] as const) {
    mkdirSync(join(data, name, '..'), { recursive: true })
    writeFileSync(join(data, name), text)
  }
  const stores = await openStores(parseConfig({ WENCE_DATA_DIR: data }))
  try {
    // The one that is read later is the first by its name.
    await ingest([join(papers, 'c.jsonl')], stores)
    await ingest([papers], stores)
    await ingest([join(data, 'uploads')], stores)
  } finally {
    await stores.close()
  }
}

/** What a file of a data directory holds: all rows of each table of a database, else its text. */
export interface Held {
  readonly name: string
  readonly holds: string | Record<string, unknown[]>
}

/** What the state in a data directory is, or some of it. */
export function stateIn(data: string, names: readonly string[] = stateFilesIn(data)): Held[] {
  return names.map((name) => ({
    name,
    holds: isDatabase(name) ? rowsOf(join(data, name)) : readFileSync(join(data, name), 'utf8'),
  }))
}

function rowsOf(file: string): Record<string, unknown[]> {
  const db = openDatabase(file, { busyMs: 1000 })
  const tables = schemaOf(db).filter(({ type }) => type === 'table')
  const rows = tables.map(({ name }) => [name, db.prepare(`SELECT * FROM ${name}`).all()] as const)
  db.close()
  return Object.fromEntries(rows)
}
