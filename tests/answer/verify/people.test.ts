import { describe, expect, test } from 'vitest'
import { unknownNames } from '../../../src/language/names.ts'

const QUOTES = [
  '市知识产权局局长田春英介绍，韩中华代表提出：核酸小屋的改造要因地制宜。本报记者樊欣欣',
]
const people = (text: string) => unknownNames(text, QUOTES).map((name) => name.text)

describe('people', () => {
  test.each([
    ['局长是王建军。', '王建军'],
    ['局长叫李明。', '李明'],
    ['李建国代表提出改造核酸小屋。', '李建国'],
    ['改造核酸小屋是常更立代表提出的。', '常更立'],
    ['记者：赵敏。', '赵敏'],
    ['由孙志强提出。', '孙志强'],
    ['执笔的是周海涛。', '周海涛'],
  ])('nobody quoted are found: %s', (text, name) => expect(people(text)).toEqual([name]))

  test.each([
    '局长是田春英。',
    '提出的是韩中华代表。',
    '由樊欣欣采写。',
    '这是任务，也是方向。',
    '各方面代表提出建议。',
    '办理的是金融、石油、安全方面的事。',
    '找专员办理，由主任负责。',
    '主要是高温作业。',
    '结果是成功。',
  ])('words are nobody: %s', (text) => expect(people(text)).toEqual([]))
})
