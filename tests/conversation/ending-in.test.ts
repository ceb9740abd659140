import { expect, test } from 'vitest'
import { endingIn } from '../../src/conversation/ending-in.ts'

const listed = [
  ['渡船票价', null],
  ['菜市场改造', '濮阳市'],
  ['菜市场改造', '台前县'],
].map(([topic, place], n) => ({
  id: `f${n + 1}`,
  matter: `f${n + 1}`,
  user: 'u',
  chat: 'c',
  chatId: 77,
  threadId: null,
  topic: topic!,
  place: place!,
}))

test.each([
  ['取消 2', 'f2'],
  ['取消1', 'f1'],
  ['取消 ③', 'f3'],
  ['取消　渡船票价', 'f1'],
  ['取消 渡船票价？', 'f1'],
  ['取消 菜市场改造 台前', 'f3'],
])('%s ends %s', (written, id) => {
  expect(endingIn(written, listed)?.followed?.id).toBe(id)
})

test.each(['取消', '取消 0', '取消 4', '取消 菜市场改造', '取消 茶园'])(
  'of %s it is not known which',
  (written) => {
    expect(endingIn(written, listed)).toEqual({ followed: undefined })
  },
)

test.each(['取消行政许可', '取消2026年的限购', '渡船票价', '渡船 取消'])(
  '%s is a matter',
  (written) => {
    expect(endingIn(written, listed)).toBeUndefined()
  },
)
