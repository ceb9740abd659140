/**
 * Databases with something in them, what is asked of each, and blows that damage their files. Whoever
 * asks a damaged one must get what a whole one says, or be told; never something else, never nothing.
 */
import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { createArticleReferences } from '../../src/bot/article-references.ts'
import { createInbox } from '../../src/bot/updates/inbox.ts'
import { openFilledIndex, openStores } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { chatOf } from '../../src/conversation/conversation.ts'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { backUpState, openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import type { Answer } from '../../src/corpus.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { createRetrieve } from '../../src/retrieval/retrieve.ts'
import { normalized } from '../../src/retrieval/dense-scan.ts'
import { openVectorStore } from '../../src/retrieval/vector-store.ts'

/** A bit turned over, or all from a place on cut off. */
export interface Blow {
  readonly kind: 'flip' | 'cut'
  readonly file: string
  /** A byte, and a bit of it. */
  readonly at: number
  readonly bit: number
}

/** A blow somewhere in one of the files, each as likely as it is long; one in five is a cut. */
export function blowAt(files: readonly string[], random: () => number): Blow {
  const sizes = files.map((file) => statSync(file).size)
  let at = Math.floor(random() * sizes.reduce((sum, size) => sum + size, 0))
  const n = sizes.findIndex((size) => at < size || ((at -= size), false))
  const kind = random() < 0.2 ? 'cut' : 'flip'
  return { kind, file: files[n]!, at, bit: Math.floor(random() * 8) }
}

export function strike({ kind, file, at, bit }: Blow): void {
  if (kind === 'cut') return truncateSync(file, at)
  const fd = openSync(file, 'r+')
  const byte = Buffer.alloc(1)
  readSync(fd, byte, 0, 1, at)
  byte[0]! ^= 1 << bit
  writeSync(fd, byte, 0, 1, at)
  fsyncSync(fd)
  closeSync(fd)
}

/** Turns a bit of a text over wherever it stands in a file, also in copies that SQLite left behind. */
export function flipIn(file: string, text: string): void {
  const bytes = readFileSync(file)
  if (!bytes.includes(text)) throw new Error(`${file} does not hold ${text}`)
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1))
    strike({ kind: 'flip', file, at: at + Buffer.byteLength(text) - 2, bit: 0 })
}

export interface Patient {
  readonly name: string
  /** Its databases' files, in the folder; the log beside them is struck too. */
  readonly file: string
  /** Fills a folder, and gives what closes it: before that it lies there as if the process were killed. */
  readonly fill: (folder: string) => Promise<() => Promise<void> | void>
  /** What it holds, as text; `tell` is told what was found wrong. Whatever throws is a dead end. */
  ask(folder: string, tell: (notice: string) => void): Promise<string>
  /** Of what it says, what may be lost where that is told. */
  readonly mayLose: boolean
}

export type Outcome = 'as before' | 'told' | 'silently wrong' | 'dead end'

/** A folder as a process left it that ended, or was killed, and what is asked of it then. */
export async function prepare(patient: Patient, folder: string, killed: boolean) {
  const lived = join(folder, 'lived')
  const left = join(folder, 'left')
  mkdirSync(lived, { recursive: true })
  const close = await patient.fill(lived)
  if (killed) cpSync(lived, left, { recursive: true })
  await close()
  if (!killed) cpSync(lived, left, { recursive: true })
  const asked = join(folder, 'asked')
  cpSync(left, asked, { recursive: true })
  const whole = await patient.ask(asked, (notice) => {
    throw new Error(`Nothing was damaged: ${notice}`)
  })
  return { left, whole }
}

/** What becomes of a patient after a blow: it is asked twice, as after a second start. */
export async function outcomeOf(
  patient: Patient,
  { left, whole }: { readonly left: string; readonly whole: string },
  blow: Blow,
  folder: string,
): Promise<{ outcome: Outcome; notices: string[]; error?: unknown }> {
  cpSync(left, folder, { recursive: true })
  const notices: string[] = []
  try {
    strike({ ...blow, file: join(folder, basename(blow.file)) })
    const said = await patient.ask(folder, (notice) => notices.push(notice))
    const again = await patient.ask(folder, () => {})
    const told = notices.length > 0
    if (said === whole && again === whole) return { outcome: told ? 'told' : 'as before', notices }
    const isLost = patient.mayLose && told && again === said
    return { outcome: isLost ? 'told' : 'silently wrong', notices, error: `${said}\n${whole}` }
  } catch (error) {
    return { outcome: 'dead end', notices, error }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The files of a patient that can be struck. */
export const filesOf = ({ file }: Patient, folder: string) =>
  [file, `${file}-wal`]
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && statSync(path).size > 0)

const TEXTS = [
  '浚县对用电容量160千瓦以下的小微企业实行零投资接电，企业无需承担接电费用。企业可通过手机App或到供电营业厅申请，3个工作日内办结。',
  '截至10月底，全市35家企业通过专利质押获得贷款4.2亿元，单笔最高3000万元。截至目前，没有一笔专利质押贷款逾期。',
  '全市推行环评审批告知承诺制，同一园区的企业可以共用一份环评报告，审批时间由30天缩短到7天，企业不再重复提交材料。',
  '市人社局对吸纳高校毕业生就业的企业给予每人1000元补贴，企业在次年3月底前向所在县区人社部门申请，逾期不予受理。',
]
const QUESTIONS = ['小微企业接电要交钱吗？', '专利质押贷款有多少？', '环评能不能几家一起办？']

/** Papers, one of which reprints what another printed first. */
function writePapers(folder: string): string {
  const papers = join(folder, 'papers')
  mkdirSync(papers, { recursive: true })
  const line = (n: number, text: string) =>
    JSON.stringify({
      id: `n${n}`,
      title: text.slice(0, 12),
      text,
      date: '2023-03-08',
      place: '濮阳市',
    })
  const many = Array.from({ length: 24 }, (_, n) =>
    line(n, `${TEXTS[n % 4]}这是第${n}次报道，${TEXTS[(n + 1) % 4]}`),
  )
  writeFileSync(join(papers, 'a.jsonl'), `${many.slice(0, 12).join('\n')}\n`)
  writeFileSync(
    join(papers, 'b.jsonl'),
    `${[...many.slice(12), line(99, JSON.parse(many[3]!).text)].join('\n')}\nno line\n`,
  )
  return papers
}

const configOf = (folder: string) => parseConfig({ WENCE_DATA_DIR: folder })

/** Notices go to stderr. */
async function listening<T>(tell: (notice: string) => void, work: () => Promise<T>): Promise<T> {
  const { error } = console
  Reflect.set(console, 'error', (words: unknown) => {
    if (String(words).includes('损坏')) tell(String(words))
  })
  try {
    return await work()
  } finally {
    Reflect.set(console, 'error', error)
  }
}

async function fillStores(folder: string) {
  return listening(
    () => {},
    async () => {
      const papers = writePapers(folder)
      const stores = await openStores(configOf(folder))
      await ingest([papers], stores)
      // A little more, which stands in the log alone.
      stores.ledger.giveKind(join(papers, 'a.jsonl'), 'data')
      writeFileSync(
        join(papers, 'c.jsonl'),
        JSON.stringify({ id: 'c', title: '补贴', text: TEXTS[3] }),
      )
      await ingest([papers], stores)
      return () => stores.close()
    },
  )
}

const index: Patient = {
  name: 'index',
  file: 'index.sqlite',
  mayLose: false,
  fill: fillStores,
  ask: (folder, tell) =>
    listening(tell, async () => {
      const { index: opened, close } = await openFilledIndex(configOf(folder))
      try {
        const retrieve = createRetrieve({ index: opened, today: '2023-06-01' })
        const rankings = []
        for (const question of QUESTIONS) {
          const { results } = await retrieve({ question }, 5)
          rankings.push(results)
          for (const { passage } of results) rankings.push(await opened.passages(passage.articleId))
        }
        return JSON.stringify([rankings, await Array.fromAsync(opened.articles())])
      } finally {
        await close()
      }
    }),
}

const ledger: Patient = {
  name: 'ledger',
  file: 'ingest.sqlite',
  // What staff said of a file cannot be made again.
  mayLose: true,
  fill: fillStores,
  ask: (folder, tell) =>
    listening(tell, async () => {
      const stores = await openStores(configOf(folder))
      try {
        const papers = join(folder, 'papers')
        const lived = join(folder, '..', 'lived', 'papers')
        const outcomes = await ingest([existsSync(lived) ? lived : papers], stores)
        const { ledger: remembers } = stores
        return JSON.stringify([
          outcomes.map(({ source, status }) => [source, status === 'failed']),
          remembers.entries(),
          remembers.reprinted(),
          remembers
            .entries()
            .map(({ path }) => [remembers.problemsOf(path), remembers.kindGiven(path)]),
          await Array.fromAsync(stores.index.articles()),
        ])
      } finally {
        await stores.close()
      }
    }),
}

const answerOf = (question: string): Answer => ({
  question,
  standalone: question,
  status: 'answered',
  statements: [{ text: TEXTS[0]!, citations: [1] }],
  citations: [],
  missing: [],
  notices: [],
  text: TEXTS.join('\n'),
  mode: 'words',
  model: null,
  promptVersion: null,
  ms: 10,
})

async function openConversations(folder: string, onNotice: (notice: string) => void) {
  const file = join(folder, 'conversations.sqlite')
  const state = await openState(file, { keepQuestions: true, onNotice })
  const db = openStateDatabase(file)
  const close = async () => {
    await state.close()
    db.close()
  }
  return { state, db, close, references: createArticleReferences(db), inbox: createInbox(db, 1) }
}

const conversations: Patient = {
  name: 'conversations',
  file: 'conversations.sqlite',
  mayLose: true,
  async fill(folder) {
    const { state, db, close, references, inbox } = await openConversations(folder, () => {})
    const { conversations: store, secrets } = state
    await secrets.secret('salt')
    for (let n = 0; n < 30; n++) {
      const [id, question] = [`id${n}`, `${QUESTIONS[n % 3]}第${n}问`]
      await store.record({
        id,
        chat: `chat${n % 3}`,
        user: `user${n % 5}`,
        question,
        answer: answerOf(question),
        askedAt: n,
      })
      await store.sent({ asked: id, chat: `chat${n % 3}`, message: n, name: id })
      if (n % 4 === 0) await store.judge(id, 'user1', { verdict: 'wrong', comment: `不对${n}` }, n)
      inbox.accept([{ update_id: n }], n)
      if (n < 25) inbox.end(n, 'answered')
      references.of(`长长的/编号/${n}`)
    }
    await store.setPlace('chat1', '濮阳市', 'u')
    const prompt = { purpose: 'place', about: 'id3' } as const
    await store.promptSent({ chat: 'chat1', message: 5, prompt, at: 5, user: 'u' })
    backUpState(db)
    return close
  },
  async ask(folder, tell) {
    const { state, db, close, references, inbox } = await openConversations(folder, tell)
    const { conversations: store, secrets } = state
    try {
      const said = JSON.stringify([
        await secrets.secret('salt'),
        await Promise.all(Array.from({ length: 30 }, (_, n) => store.find(`id${n}`))),
        await Promise.all(Array.from({ length: 3 }, (_, n) => store.findByMessage(`chat${n}`, n))),
        await chatOf(store, 'chat1', 'user1', 0),
        await store.complaints(50, 0),
        await store.promptOf('chat1', 5),
        references.resolve(references.of('长长的/编号/7')),
        inbox.open(),
      ])
      // It lives: what is new is kept and forgotten.
      await store.record({
        id: 'new',
        chat: 'new',
        user: 'new',
        question: '新的问题',
        answer: answerOf('新的问题'),
        askedAt: 99,
      })
      if ((await store.find('new'))?.question !== '新的问题') throw new Error('Nothing new is kept')
      if (inbox.accept([{ update_id: 999 }], 99).length !== 1)
        throw new Error('Nothing new is accepted')
      db.exec('DELETE FROM inbox WHERE id = 999')
      await state.forget({ user: 'new', chat: 'new' })
      return said
    } finally {
      await close()
    }
  },
}

const vectorOf = (n: number) =>
  normalized(Array.from({ length: 64 }, (_, i) => Math.sin(n * 64 + i)))
const SPACE = { model: 'm', dimensions: 64 }

const vectors: Patient = {
  name: 'vectors',
  file: 'vectors.sqlite',
  // How long a model's vectors are is learned again with the next one.
  mayLose: true,
  async fill(folder) {
    const store = openVectorStore(join(folder, 'vectors.sqlite'))
    for (let n = 0; n < 60; n++) store.put(SPACE, [`text ${n}`], [vectorOf(n)])
    return () => store.close()
  },
  async ask(folder, tell) {
    const store = openVectorStore(join(folder, 'vectors.sqlite'), { onNotice: tell })
    try {
      // What is missing is embedded anew.
      const said = Array.from({ length: 60 }, (_, n) => {
        const [known] = store.get(SPACE, [`text ${n}`])
        if (!known) store.put(SPACE, [`text ${n}`], [vectorOf(n)])
        return [...(known ?? vectorOf(n))]
      })
      return JSON.stringify([said, store.length(SPACE)])
    } finally {
      store.close()
    }
  },
}

export const PATIENTS: readonly Patient[] = [index, ledger, conversations, vectors]
