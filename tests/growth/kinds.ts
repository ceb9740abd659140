/**
 * Texts of one kind, as long as one likes: each repeats what something in the code looks for. Where a text
 * ends in something else, what was looked for all along is not found.
 */
const UNITS = [
  // White space, line feeds, marks.
  ' ',
  '　',
  '\t',
  '\n',
  '，',
  '。',
  '、',
  '……',
  '—',
  '■',
  '.',
  '*',
  // Brackets and quotation marks, not closed and closed.
  '（',
  '）',
  '（）',
  '“',
  '”',
  '"',
  '《',
  '《甲》',
  '。”他说',
  // Numerals and figures.
  '一',
  '十百千万亿',
  '亿',
  '1',
  '1 ',
  '1,000,',
  '1.',
  '1-',
  '百分之',
  '第1',
  '1万元',
  '２０',
  '0393-',
  '2023年1月1日',
  '2023-01-01 ',
  // What papers print around an article.
  '本报讯 ',
  '王小明 ',
  '（记者 王明）',
  '本报记者 王明\n',
  '责任编辑：王明\n',
  '新华社北京1月1日电 ',
  '（上接第1版）',
  '标题：甲\n',
  '来源：',
  // Headings and items.
  '第一条　甲\n',
  '（一）甲\n',
  '一、甲\n',
  '1. 甲\n',
  '# 甲\n',
  '- 甲\n',
  // Rows and columns.
  '| 甲 | 乙 |\n',
  '甲\t1\n',
  '甲          乙\n',
  // Words, places, letters, addresses.
  '甲',
  '甲\n',
  '甲 乙 ',
  '如果',
  '濮阳市',
  '有限公司',
  'a',
  'ab ',
  'https://a.cn/',
  '<b>',
  '<!--',
  '&amp;',
  // Beyond the plain plane, and what stands on a letter.
  '😀',
  'e\u0301',
  '\u200b',
  '\ufffd',
  // Of each a bit.
  '全市20家企业（含2家外资）获得“专利贷”2.86亿元，',
  '全市共发放补贴3.5万元。',
  '县里奖励居民。王明 1,2（一）“《',
] as const

export interface Kind {
  readonly name: string
  /** So many UTF-16 units of it, give or take one; `salt` makes it another text of the same length. */
  readonly text: (length: number, salt: string) => string
}

export const KINDS: readonly Kind[] = UNITS.map((unit) => ({
  name: JSON.stringify(unit),
  text: (length, salt) => `甲${salt}${unit.repeat(Math.ceil(length / unit.length))}乙`,
}))
