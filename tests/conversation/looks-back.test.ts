import { expect, test } from 'vitest'
import { looksBack, thread } from '../../src/conversation/looks-back.ts'

const before = (question: string) => ({ question, answer: '' })

test.each([
  ['专利质押贷款怎么申请？', '那要多久？'],
  ['专利质押贷款怎么申请？', '最高能贷多少'],
  ['专利质押贷款怎么申请？', '需要什么材料'],
  ['专利质押贷款怎么申请？', '找哪个部门办理？'],
  ['专利质押贷款怎么申请？', '申请流程是什么'],
  ['专利质押贷款怎么申请？', '贷款利息谁来贴'],
  ['濮阳市的创业补贴有多少？', '聊城呢？'],
  ['濮阳市的创业补贴有多少？', '2023年的是多少'],
  ['濮阳市的创业补贴有多少？', '补贴什么时候到账'],
  ['濮阳市的创业补贴有多少？', '企业要是搬走了，这笔钱要退吗'],
  ['工会有什么服务？', '为什么'],
])('after %j, %j goes on', (earlier, question) => {
  expect(looksBack(question, before(earlier))).toBe(true)
})

test.each([
  ['专利质押贷款怎么申请？', '新建厂房怎么接电，要交钱吗？'],
  ['专利质押贷款怎么申请？', '建一座加氢站得花多少钱'],
  ['濮阳市的创业补贴有多少？', '濮阳市住房公积金能贷多少？'],
  ['濮阳市的创业补贴有多少？', '油田那个绿电制氢工程干完几成了'],
  ['企业怎么招工？', '小微企业的环评手续怎么简化'],
  ['新建厂房怎么接电？', '小微企业缺资金，这些报道里有哪些融资办法？'],
])('after %j, %j begins anew', (earlier, question) => {
  expect(looksBack(question, before(earlier))).toBe(false)
})

test('the first question looks back on nothing', () => {
  expect(looksBack('那要多久？', undefined)).toBe(false)
})

test('a thread is what was said since a question that began anew', () => {
  const turns = [
    '专利质押贷款怎么申请？',
    '那要多久？',
    '新建厂房怎么接电？',
    '要交钱吗？',
    '聊城呢？',
  ].map(before)
  expect(thread(turns).map(({ question }) => question)).toEqual([
    '新建厂房怎么接电？',
    '要交钱吗？',
    '聊城呢？',
  ])
  expect(thread([])).toEqual([])
})
