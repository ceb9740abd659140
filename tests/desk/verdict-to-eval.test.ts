import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openDeskRooms } from '../../src/cli/desk-rooms.ts'
import { openEngine } from '../../src/cli/open.ts'
import { openIndex } from '../../src/cli/open-index.ts'
import { parseConfig } from '../../src/config.ts'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { createDesk } from '../../src/desk/desk.ts'
import { tempFolder } from '../support/temp.ts'
import { clientOf, judgingOf } from './open-desk.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const QUESTION = '寡公屋有几所？'
const ARTICLES = [
  ['青溪县敬老院改造完成', '青溪县投资800万元改造敬老院6所，新增床位300张。'],
  ['青溪县秸秆收储补贴办法出台', '对收储秸秆的企业，每吨补贴四十元，由县财政拨付。'],
  ['青溪县夜市恢复营业', '青溪县东关夜市有摊位860个，每晚开到十点。摊主可在县城管局网站报名。'],
  ['青溪县上门办电', '青溪县供电公司对小微企业实行零投资接电，企业无需承担接电费用。'],
  ['青溪县招聘会进乡镇', '青溪县人社局在12个乡镇举办招聘会，提供岗位2600个。参加的企业有85家。'],
  ['青溪县果农卖苹果', '青溪县苹果今年丰收，收购价每斤两元五角。合作社统一包装。'],
]

test('a verdict, eval on the exported file, a word that mends it, and the word taken out', async () => {
  const [folder, data] = [tempFolder(), tempFolder()]
  const run = async (command: string, ...args: string[]) => {
    const child = spawn(process.execPath, [`src/cli/${command}.ts`, ...args], {
      cwd: root,
      env: { PATH: process.env.PATH, WENCE_DATA_DIR: data },
    })
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    return { code: Number(code), out }
  }
  const questions = join(folder, 'judged.jsonl')
  const evaluate = () => run('eval', questions, '--failures', '--min', '85')

  const printed = { date: '2023-05-10', place: '河北省石家庄市', publication: '青溪日报' }
  const lines = ARTICLES.map(([title, words]) => JSON.stringify({ ...printed, title, text: words }))
  writeFileSync(join(folder, 'qingxi.jsonl'), lines.join('\n'))
  expect((await run('ingest', join(folder, 'qingxi.jsonl'))).code).toBe(0)

  const { get, post, ask, close } = await openRooms(data)
  const refused = await ask(QUESTION)
  const { to, fields } = judgingOf(refused)
  const found = await get(`${refused.path}?${new URLSearchParams({ find: '敬老院' }).toString()}`)
  const piece = judgingOf(found).piece('青溪县投资800万元改造敬老院6所')
  const kept = await post(to, { ...fields, verdict: 'answer', piece })
  expect(kept.text).toContain('已记为：该答没答')
  writeFileSync(questions, (await get('/desk/judged/export.jsonl')).text)
  await close()

  const before = await evaluate()
  expect(before.code).toBe(1)
  expect(before.out).toContain(`${QUESTION} — refused, though the articles answer it`)

  mkdirSync(join(data, 'words'))
  writeFileSync(join(data, 'words', 'thesaurus.txt'), '寡公屋 = 敬老院\n')
  const mended = await evaluate()
  expect(mended.code).toBe(0)
  expect(mended.out).toMatch(/since the last run: 1 better, 0 worse\n {2}better: desk-/u)

  rmSync(join(data, 'words'), { recursive: true })
  const undone = await evaluate()
  expect(undone.code).toBe(1)
  expect(undone.out).toMatch(/since the last run: 0 better, 1 worse\n {2}WORSE: {2}desk-/u)
}, 120_000)

/** The desk as `npm run desk` has it, over a data directory. */
async function openRooms(data: string) {
  const config = parseConfig({ WENCE_DATA_DIR: data })
  const log = pino({ level: 'silent' })
  const engine = await openEngine(config, log)
  const { index, close: closeIndex } = await openIndex(config)
  const state = await openState(join(data, 'conversations.sqlite'), { keepQuestions: true })
  const desk = await openDeskRooms({ config, engine, index, state, spend: () => true, log })
  const app = new Hono().route(
    '/desk',
    createDesk({ token: undefined, secret: 'ours', rooms: desk.rooms }),
  )
  return {
    ...clientOf(app),
    close: async () => {
      await desk.close()
      await state.close()
      await Promise.all([closeIndex(), engine.close()])
    },
  }
}
