import { expect, test, vi } from 'vitest'
import { remember, rememberLast } from '../../src/language/remember.ts'

const counted = () => {
  const read = vi.fn((text: string) => [text])
  return { read, known: remember(read) }
}

test('a text is read once', () => {
  const { read, known } = counted()
  expect(known('甲')).toBe(known('甲'))
  expect(known('乙')).toEqual(['乙'])
  expect(read.mock.calls).toEqual([['甲'], ['乙']])
})

test('what is read as nothing is kept too', () => {
  const read = vi.fn<(text: string) => string>(() => '')
  const known = remember(read)
  expect([known('甲'), known('甲')]).toEqual(['', ''])
  expect(read).toHaveBeenCalledTimes(1)
})

test('two readings know nothing of each other', () => {
  const [one, other] = [remember((text) => text.length), remember((text) => `${text}。`)]
  expect([one('甲'), other('甲')]).toEqual([1, '甲。'])
})

test('what cannot be read is tried again', () => {
  let broken = true
  const known = remember((text) => {
    if (broken) throw new Error('broken')
    return text
  })
  expect(() => known('甲')).toThrow('broken')
  broken = false
  expect(known('甲')).toBe('甲')
})

test('the texts of an answer are kept, those of a library are not', () => {
  const { read, known } = counted()
  const texts = Array.from({ length: 100_000 }, (_, i) => String(i))
  for (const text of texts) known(text)
  for (const text of texts.slice(-1000)) known(text)
  expect(read).toHaveBeenCalledTimes(texts.length)
  known(texts[0]!)
  expect(read).toHaveBeenCalledTimes(texts.length + 1)
})

test('a whole article is not kept', () => {
  const { read, known } = counted()
  const article = '甲'.repeat(5000)
  expect(known(article)).toEqual(known(article))
  expect(read).toHaveBeenCalledTimes(2)
})

test('of readings of the last text one is made, until the next text comes', () => {
  const read = vi.fn((text: string) => [text])
  const known = rememberLast(read)
  expect(known('甲')).toBe(known('甲'))
  expect([known('乙'), known('甲')]).toEqual([['乙'], ['甲']])
  expect(read.mock.calls).toEqual([['甲'], ['乙'], ['甲']])
})
