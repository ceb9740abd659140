import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openDeskRooms } from '../../src/cli/desk-rooms.ts'
import { openWence } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { createConversationStore } from '../../src/conversation/conversation-store.ts'
import { createLibrary } from '../../src/conversation/library.ts'
import { openStateDatabase } from '../../src/conversation/state-database.ts'
import { createDesk } from '../../src/desk/desk.ts'
import { tempFolder } from '../support/temp.ts'
import { clientOf, judgingOf } from './open-desk.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const QUESTION = '青溪县的秸秆收储每吨补贴多少钱？'
const MISPRINT = '对收储秸秆的企业，每吨补贴四千元，由县财政拨付。'
const PRINTED = {
  date: '2023-05-10',
  place: '河北省石家庄市',
  publication: '青溪日报',
}
const OTHERS = [
  ['青溪县夜市恢复营业', '青溪县东关夜市有摊位860个，每晚开到十点。摊主可在县城管局网站报名。'],
  ['青溪县招聘会进乡镇', '青溪县人社局在12个乡镇举办招聘会，提供岗位2600个。参加的企业有85家。'],
  ['青溪县敬老院改造完成', '青溪县投资800万元改造敬老院6所，新增床位300张。'],
  ['青溪县果农卖苹果', '青溪县苹果今年丰收，收购价每斤两元五角。合作社统一包装。'],
]

test('a verdict, eval on the exported file, a change that mends it, and the change undone', async () => {
  const [folder, data] = [tempFolder(), tempFolder()]
  const run = async (command: string, ...args: string[]) => {
    const child = spawn(process.execPath, [`src/cli/${command}.ts`, ...args], {
      cwd: root,
      env: { PATH: process.env.PATH, WENCE_DATA_DIR: data },
    })
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ])
    return { code: Number(code), out, err }
  }
  const pages = join(folder, 'pages')
  mkdirSync(pages)
  const ingest = (body: string) => {
    const all = [['青溪县秸秆收储补贴办法出台', body], ...OTHERS]
    const lines = all.map(([title, words]) => JSON.stringify({ ...PRINTED, title, text: words }))
    writeFileSync(join(pages, 'qingxi.jsonl'), lines.join('\n'))
    return run('ingest', pages)
  }
  const questions = join(folder, 'judged.jsonl')
  const evaluate = () => run('eval', questions, '--failures', '--min', '85')

  expect((await ingest(MISPRINT)).code).toBe(0)
  const { get, post, ask, close } = await openRooms(data)
  const judging = judgingOf(await ask(QUESTION))
  const kept = await post(judging.to, {
    ...judging.fields,
    verdict: 'misread',
    piece: judging.piece('每吨补贴四千元'),
    reading: '每吨补贴四十元',
  })
  expect(kept.text).toContain('已记为：原文读错')
  writeFileSync(questions, (await get('/desk/judged/export.jsonl')).text)
  await close()

  const before = await evaluate()
  expect(before.code).toBe(1)
  expect(before.out).toContain(`${QUESTION} — lacks 每吨补贴四十元`)

  await ingest(MISPRINT.replace('四千元', '四十元'))
  const mended = await evaluate()
  expect(mended.code).toBe(0)
  expect(mended.out).toMatch(/since the last run: 1 better, 0 worse\n {2}better: desk-/u)

  await ingest(MISPRINT)
  const undone = await evaluate()
  expect(undone.code).toBe(1)
  expect(undone.out).toMatch(/since the last run: 0 better, 1 worse\n {2}WORSE: {2}desk-/u)
}, 120_000)

/** The desk over a data directory, its engine in this process. */
async function openRooms(data: string) {
  const config = parseConfig({ WENCE_DATA_DIR: data })
  const wence = await openWence(config)
  const { index, conversation, checkClaim, examine, rank } = wence
  const engine = { ...conversation, ...createLibrary(wence), checkClaim, examine, rank }
  const state = openStateDatabase(join(data, 'conversations.sqlite'))
  const store = createConversationStore(state, { keepQuestions: true })
  const log = pino({ level: 'silent' })
  const desk = await openDeskRooms({ config, engine, index, store, state, log })
  const app = new Hono().route(
    '/desk',
    createDesk({ token: undefined, secret: 'ours', rooms: desk.rooms }),
  )
  return {
    ...clientOf(app),
    close: async () => {
      await desk.close()
      state.close()
      await wence.close()
    },
  }
}
