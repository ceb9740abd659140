import type { Given } from './source-text.ts'

/** What a column of a table of articles, or a label before a value, can say. */
export type Field = keyof Given | 'text'

/** The names that people and scrapers give each, as `normal` writes them; of two in one table the earlier counts. */
const NAMES: readonly (readonly [field: Field, names: string])[] = [
  ['title', '标题 文章标题 新闻标题 题目 题名 主标题 title headline'],
  [
    'date',
    '发布日期 发布时间 发表日期 发表时间 刊发日期 刊发时间 见报日期 出版日期 日期 时间 date pubdate publishdate publishtime publishedat published time',
  ],
  [
    'publication',
    '报纸 稿源 报纸名称 报刊 媒体 媒体名称 来源媒体 来源 文章来源 newspaper publication media source',
  ],
  ['text', '正文 文章正文 正文内容 全文 文章内容 新闻内容 内容 text fulltext body content article'],
  ['place', '地区 地点 所在地 城市 place region city'],
  ['url', '链接 原文链接 文章链接 网址 原文网址 url link href'],
  ['id', '编号 文章编号 id'],
]

const FIELDS = new Map(
  NAMES.flatMap(([field, names]) =>
    names.split(' ').map((name, rank) => [name, { field, rank }] as const),
  ),
)

/** Every name, the longer ones first. */
export const LABELS: readonly string[] = [...FIELDS.keys()].toSorted((a, b) => b.length - a.length)

/** 发布时间（年月日）, Publish_Time and *标题 are what they are without their dress. */
const normal = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=.)[([【].*$/u, '')
    .replaceAll(/[\s_*:：【】-]/gu, '')

export function fieldOf(name: string): Field | undefined {
  return FIELDS.get(normal(name))?.field
}

/** Which column of a row of names says what; null where none of them is the text. */
export function columnsOf(names: readonly string[]): ReadonlyMap<Field, number> | null {
  const columns = new Map<Field, { column: number; rank: number }>()
  for (const [column, name] of names.entries()) {
    const known = FIELDS.get(normal(name))
    if (!known) continue
    const { field, rank } = known
    if (rank < (columns.get(field)?.rank ?? Infinity)) columns.set(field, { column, rank })
  }
  if (!columns.has('text')) return null
  return new Map([...columns].map(([field, { column }]) => [field, column]))
}
