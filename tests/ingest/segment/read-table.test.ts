import { expect, test } from 'vitest'
import { layOut } from '../../../src/ingest/layout/lay-out.ts'
import { segment } from '../../../src/ingest/segment/segment.ts'
import { trace } from '../../../src/traced.ts'

const tableOf = (text: string) => {
  const item = segment(layOut(trace(text), text), text).items.find(({ kind }) => kind === 'table')
  return item && { ...item, rows: item.body.map((row) => row.text) }
}

test('reads one column of values', () => {
  const table = tableOf(
    '表一：主要指标\n数据来源：市统计局\n序号 指标 2023年\n1 企业数量 742家\n2 投资占 500万元以上项目比重 -20.1%',
  )
  expect(table?.headline?.text).toBe('表一：主要指标')
  expect(table?.credits.map(({ text }) => text)).toEqual(['数据来源：市统计局'])
  expect(table?.rows).toEqual(['企业数量 2023年 742家', '投资占500万元以上项目比重 2023年 -20.1%'])
})

test('reads heads of two levels, labels broken over lines, groups and cells left open by level', () => {
  const table = tableOf(
    [
      '表二：指标比较',
      '序号 指标',
      '数据',
      '全国 全省 全市',
      '1',
      '规模以上工业中',
      '制造业增长 5.0% 6.1% 3.0%',
      '2 高技术制造业增长 2.7% 11.7% -20.1%',
      '3',
      '技术中心',
      '国家级 1798家 95家 2家',
      '4 省级 1768家 49家',
    ].join('\n'),
  )
  expect(table?.rows).toEqual([
    '规模以上工业中制造业增长 全国 5.0% 全省 6.1% 全市 3.0%',
    '高技术制造业增长 全国 2.7% 全省 11.7% 全市 -20.1%',
    '技术中心 国家级 全国 1798家 全省 95家 全市 2家',
    '技术中心 省级 全省 1768家 全市 49家',
  ])
  expect(table?.notes).toHaveLength(1)
})

test('keeps a row as printed when its cells cannot be assigned, and says so', () => {
  const table = tableOf(
    '项目 投资 产值 利润\n甲项目 3亿元 5亿元 1亿元\n乙项目 2亿元 4亿元\n丙项目 1亿元 2亿元 3亿元',
  )
  expect(table?.rows[1]).toBe('乙项目 2亿元 4亿元')
  expect(table?.notes.join()).toContain('照原样')
})

test('reads a Markdown table by its bars', () => {
  const table = tableOf(
    '# 农村公路\n\n| 县 | 里程 | 备注 |\n| --- | --- | --- |\n| 甲县 | 120公里 | 已开工 |\n| 乙县 | | 未开工 |',
  )
  expect(table?.rows).toEqual(['甲县 里程 120公里 备注 已开工', '乙县 备注 未开工'])
})

test('every cell keeps its place in the source', () => {
  const text = '序号 指标 2023年\n1 企业数量 742家\n2 增速 3.0%'
  const row = tableOf(text)!.body[1]!
  const at = row.text.indexOf('3.0%')
  expect(text.slice(row.origin[at], (row.origin[at] ?? 0) + 4)).toBe('3.0%')
})
