import { expect, test } from 'vitest'
import { see } from '../../../../src/answer/pick/learned/pick.ts'
import { contradicts } from '../../../../src/answer/pick/learned/premise.ts'
import { requestFor } from './seen.ts'

function isContradicted(question: string, sentence: string): boolean {
  const request = requestFor(question, [sentence])
  const { seen, values } = see(request)
  return contradicts(question, { seen: seen[0]!, values: values[0]!, score: 0, share: 1 })
}

test.each([
  ['another figure', '青湾的商标贷款增长了35%，对吧？', '青湾市商标贷款同比增长21%。'],
  ['another sum, said without its unit', '茶园奖励300万，没错吧？', '对茶园一次性奖励50万元。'],
  ['another place', '蓄电池项目落在青岛了，是吧？', '蓄电池项目在济南市开工建设。'],
  ['the contrary', '青湾专利数量下降了两成，对不对？', '青湾市专利数量同比增长两成。'],
  ['a plan', '茶叶博物馆已经建成了，是吗？', '茶叶博物馆计划于明年建成。'],
  ['a denial', '贷款逾期了，对吧？', '目前没有一笔贷款逾期。'],
])('%s contradicts', (_, question, sentence) => {
  expect(isContradicted(question, sentence)).toBe(true)
})

test.each([
  ['the same figure', '青湾的商标贷款增长了21%，对吧？', '青湾市商标贷款同比增长21%。'],
  ['a question that asks openly', '商标贷款增长了多少，有35%吗？', '青湾市商标贷款同比增长21%。'],
  ['a figure of another kind', '青湾有35家茶厂，对吧？', '青湾市茶叶产量增长21%。'],
  ['a figure of another clause', '新增茶厂79家，总数160家，对吧？', '新增茶厂79家，总数160家。'],
  ['what both is and is not', '提高技术降低成本，对吧？', '企业提高技术降低成本。'],
  ['a further plan', '茶厂已投产了，对吧？', '茶厂已投产，计划明年扩建。'],
  ['what says nothing of it', '青湾的茶厂都搬走了，是吧？', '青湾市茶叶香气浓郁。'],
])('%s does not', (_, question, sentence) => {
  expect(isContradicted(question, sentence)).toBe(false)
})
