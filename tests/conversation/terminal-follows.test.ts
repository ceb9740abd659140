import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  type TerminalFollows,
  openTerminalFollows,
} from '../../src/conversation/terminal-follows.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import { LOAN, arriving, printed } from '../support/arriving.ts'
import { tempFolder } from '../support/temp.ts'

const NOON = Date.parse('2026-11-26T12:00:00+08:00')

/** A library with something in it, and terminals that are opened over it one after the other. */
async function terminals(keeps = true) {
  const { arrivals, put } = arriving()
  const file = join(tempFolder(), 'conversations.sqlite')
  await put(printed('old', '图书馆周末开门。'))
  return {
    put,
    file,
    open: async <T>(act: (follows: TerminalFollows) => Promise<T>): Promise<T> => {
      const follows = openTerminalFollows({ file, keeps, arrivals, now: () => NOON })
      try {
        return await act(follows)
      } finally {
        await follows.close()
      }
    },
  }
}

test('what is followed in the terminal is told when it is opened again, once', async () => {
  const { put, file, open } = await terminals()
  await open(async ({ news, follow }) => {
    expect(await news()).toBeUndefined()
    expect(existsSync(file)).toBe(false)
    expect(await follow('', null)).toContain('还没有关注什么')
    expect(await follow('专利质押贷款', '濮阳市')).toContain('已关注“专利质押贷款”（濮阳市）')
    expect(await follow('专利质押贷款 濮阳', null)).toContain('已经在关注')
  })
  await put(printed('new', LOAN))
  await open(async ({ news }) => {
    const told = await news()
    expect(told?.text).toContain('您关注的“专利质押贷款”（濮阳市）有新报道\n\n濮阳市 · 2026年11月')
    expect(told?.answer?.citations).toMatchObject([{ n: 1, articleId: 'new' }])
    expect(await news()).toBeUndefined()
  })
  await open(async ({ news, follow }) => {
    expect(await news()).toBeUndefined()
    expect(await follow('', null)).toContain('1. “专利质押贷款”（濮阳市）')
    expect(await follow('取消', null)).toMatch(/1\. “专利质押贷款”[^]*\/follow 取消 1 /u)
    expect(await follow('取消 专利质押贷款', null)).toContain('不再关注了：“专利质押贷款”')
    expect(await follow('取消 1', null)).toContain('还没有关注什么')
  })
})

test('while another program holds the file it says so, and goes on once that is over', async () => {
  const { put, file, open } = await terminals()
  await open(({ follow }) => follow('专利质押贷款 濮阳市', null))
  await put(printed('new', LOAN))
  const other = openStateDatabase(file)
  other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE')
  await open(async ({ news, follow, forget }) => {
    expect((await news())?.text).toContain('另一个程序正占用着')
    expect(await follow('', null)).toContain('请稍后再试')
    expect(await forget()).toContain('请稍后再试')
    other.close()
    expect((await news())?.text).toContain('有新报道')
    expect(await forget()).toBeUndefined()
  })
})

test('where nothing is kept, nothing is followed', async () => {
  const { file, open } = await terminals(false)
  expect(await open(({ follow }) => follow('专利质押贷款', null))).toContain('记不住')
  expect(existsSync(file)).toBe(false)
})
