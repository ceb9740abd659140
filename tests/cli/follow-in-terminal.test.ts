import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { chinaToday } from '../../src/china-time.ts'
import { LOANS, WATER, bring, closeReaders } from '../support/follow-library.ts'
import { tempFolder } from '../support/temp.ts'

afterAll(closeReaders)

/** What the terminal says to these lines. */
function says(dir: string, ...lines: readonly string[]): Promise<string> {
  const { stdin, stdout } = spawn(process.execPath, ['src/main.ts'], {
    env: { PATH: process.env['PATH'], WENCE_DATA_DIR: dir },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  stdin.end(lines.join('\n'))
  return text(stdout)
}

test('what was followed in one terminal is told in the next, with its sources, once', async () => {
  const dir = tempFolder()
  await bring(dir, 'water.jsonl', [WATER])
  const said = await says(dir, '/place 濮阳市', '/follow 专利质押贷款', '/follow')
  expect(said).toContain('已关注“专利质押贷款”（濮阳市）')
  expect(said).toContain('1. “专利质押贷款”（濮阳市）')
  await bring(dir, 'loans.jsonl', [{ ...LOANS, date: chinaToday() }])
  const told = await says(dir, '/source 2', '/follow 取消 1')
  expect(told).toMatch(/^您关注的“专利质押贷款”（濮阳市）有新报道\n\n濮阳市 · /)
  expect(told).toContain('【企业可向市知识产权局申请专利质押贷款贴息')
  expect(told).toContain('不再关注了')
  expect(await says(dir, '/follow')).toMatch(/^还没有关注什么/)
}, 60_000)

test('/forget ends what is followed, too', async () => {
  const dir = tempFolder()
  await bring(dir, 'water.jsonl', [WATER])
  const said = await says(dir, '/FOLLOW 专利质押贷款 濮阳市', '/forget', '/follow@wence_bot')
  expect(said).toMatch(/已关注“专利质押贷款”[^]*关注的事都忘掉了[^]*还没有关注什么/u)
}, 60_000)
