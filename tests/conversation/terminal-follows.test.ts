import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openWence } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import {
  type TerminalFollows,
  openTerminalFollows,
} from '../../src/conversation/terminal-follows.ts'
import { LOANS, WATER, bring, closeReaders } from '../support/follow-library.ts'
import { tempFolder } from '../support/temp.ts'

const NOON = Date.parse('2026-11-26T12:00:00+08:00')

afterAll(closeReaders)

/** Opens a terminal over an index, does something there and closes it. */
async function atTerminal<T>(
  dir: string,
  act: (follows: TerminalFollows) => Promise<T>,
  keeps = true,
): Promise<T> {
  const { arrivals, close } = await openWence(parseConfig({ WENCE_DATA_DIR: dir }))
  const file = join(dir, 'conversations.sqlite')
  const follows = openTerminalFollows({ file, keeps, arrivals, now: () => NOON })
  try {
    return await act(follows)
  } finally {
    follows.close()
    await close()
  }
}

test('what is followed in the terminal is told when it is opened again, once', async () => {
  const dir = tempFolder()
  await bring(dir, 'water.jsonl', [WATER])
  await atTerminal(dir, async ({ news, follow }) => {
    expect(await news()).toBeUndefined()
    expect(existsSync(join(dir, 'conversations.sqlite'))).toBe(false)
    expect(await follow('', null)).toContain('还没有关注什么')
    expect(await follow('专利质押贷款', '濮阳市')).toContain('已关注“专利质押贷款”（濮阳市）')
    expect(await follow('专利质押贷款 濮阳', null)).toContain('已经在关注')
  })
  await bring(dir, 'loans.jsonl', [LOANS])
  await atTerminal(dir, async ({ news }) => {
    const told = await news()
    expect(told?.text).toContain('您关注的“专利质押贷款”（濮阳市）有新报道\n\n濮阳市 · 2026年11月')
    expect(told?.text).toContain('出处\n①② 《银行上门办专利质押贷款》')
    expect(told?.answer.citations).toMatchObject([{ n: 1 }, { n: 2 }])
    expect(await news()).toBeUndefined()
  })
  await atTerminal(dir, async ({ news, follow }) => {
    expect(await news()).toBeUndefined()
    expect(await follow('', null)).toContain('1. “专利质押贷款”（濮阳市）')
    expect(await follow('取消 1', null)).toContain('不再关注了')
    expect(await follow('取消 1', null)).toContain('还没有关注什么')
  })
})

test('where nothing is kept, nothing is followed', async () => {
  const dir = tempFolder()
  await bring(dir, 'water.jsonl', [WATER])
  const said = await atTerminal(dir, ({ follow }) => follow('专利质押贷款', null), false)
  expect(said).toContain('记不住')
  expect(existsSync(join(dir, 'conversations.sqlite'))).toBe(false)
})
