import { isLabelled } from './labels.ts'
import { LEAD, MASTHEAD, NUMBERED } from './layout/marker.ts'
import type { KindOfSource, SourceText } from './read/source-text.ts'
import { cut } from '../code-points.ts'

/** Where an article of a paper begins: its lead, or a line that names who wrote it. */
const BYLINE =
  /^#*\s*(?:[■●◆▲□]\s*)?(?:本报(?:首席|见习|全媒体)?(?:记者|通讯员|评论员|特约)|(?:首席|见习)?记者[ 　]+\p{Script=Han}|文[/／]|《[^》]{2,12}》\s*特约|叶[^曳]{2,12}曳\s*特约)|(?:摄影报道|[ 　/／]摄)[）)]?\s*$/u
/** The number and name of a page, as papers print them over it: 第02版：要闻. */
const PAGE = /^第?\s*[A-D]?\d{1,2}\s*版\s*[：:|｜]?.{0,10}$/u
const isPage = (line: string) => !isLabelled(line) && (MASTHEAD.test(line) || PAGE.test(line))
const ARTICLE_OF_LAW = /^第[一二三四五六七八九十百零〇\d]{1,5}条[\s　：:]/u
const CHAPTER = /^#*\s*第[一二三四五六七八九十]{1,3}[章节编][\s　]/u
const TOP_HEADING = /^#\s+\S/u

/** Signs of several articles, from which a text is a page of a paper. */
const SEVERAL = 2
const LAW = 3

/**
 * What a text is, where its format does not say: a page of a newspaper shows more than one article or
 * the head of a page; all else is one document.
 */
export function kindOfText({ kind, text }: Pick<SourceText, 'kind' | 'text'>): KindOfSource {
  if (kind) return kind
  const lines = text
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '')
  const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length
  const articles = count(ARTICLE_OF_LAW)
  if (articles >= LAW) return { kind: 'document', reason: `有${articles}条“第X条”，是一份文件` }
  const begins = lines.filter(
    (line) => LEAD.test(line.replaceAll(/(?<=本)\s+(?=报)/gu, '')) || BYLINE.test(line),
  ).length
  if (begins >= SEVERAL)
    return { kind: 'newspaper', reason: `有${begins}处报道的电头、署名或图片署名` }
  const page = lines.find(isPage)
  if (page) return { kind: 'newspaper', reason: `有版面的标记“${cut(page, 20)}”` }
  const heads = lines.filter(
    (line) => TOP_HEADING.test(line) && !NUMBERED.test(line.replace(/^#\s+/u, '')),
  ).length
  if (heads >= SEVERAL) return { kind: 'newspaper', reason: `有${heads}个一级标题` }
  return {
    kind: 'document',
    reason: count(CHAPTER) > 0 ? '分章节，是一份文件' : '只有一个标题，没有报纸版面的标记',
  }
}
