import type { Byline, Kind } from '../corpus.ts'

/** What an article is, as readers and staff are told. */
export const KINDS: Readonly<Record<Kind, string>> = {
  article: '文章',
  photo: '图片说明',
  table: '表格',
  notice: '启事',
}

/** By whom an article is, in one line; empty where nobody is named. */
export function bylineText({ reporters, correspondents, authors, editor }: Byline): string {
  const named = (title: string, names: readonly string[]) =>
    names.length > 0 && `${title} ${names.join(' ')}`
  return [
    named('记者', reporters),
    named('通讯员', correspondents),
    named('作者', authors),
    named('责任编辑', editor === null ? [] : [editor]),
  ]
    .filter(Boolean)
    .join(' · ')
}
