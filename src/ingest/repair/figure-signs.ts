import type { Marks } from './marks.ts'

/** What stands for a sign only between figures, Latin letters or brackets. */
const BETWEEN_FIGURES: readonly RegExp[] = [
  // A range: 2022—2025, 1—5, PA13—T
  /(?<=[0-9０-９A-Za-z%％][ \t]?)要(?=[ \t]?[0-9０-９A-Za-z])/g,
  // A range with its unit: 3月—5月
  /(?<=[0-9０-９][ \t]?([年月日时点度元米%]|毅)[ \t]?)要(?=[ \t]?[0-9０-９]+[ \t]?\1)/g,
  /(?<=[一二三四五六七八九十])要(?=[一二三四五六七八九十]+[年月日个岁级届])/g,
  /(?<=(周|星期|礼拜)[一二三四五六日天])要(?=\1[一二三四五六日天])/g,
  // From one road, station or town to the next
  /(?<=([路街桥站港市县镇村乡]))要(?=[ \t]?\p{Script=Han}{1,6}\1)/gu,
  // Degrees and brackets on both sides
  /(?<=[′″）〕)毅义忆][ \t]?)要(?=[ \t]?[0-9０-９(渊])/g,
  // l’Accord, Levi’s
  /(?<=[A-Za-z])爷(?=[ \t]?[A-Za-z])/g,
  /(?<=[0-9０-９][ \t]?)豫/g,
  /(?<=[0-9０-９][ \t]?)[毅益译](?!\p{Script=Han}{2})/gu,
  /(?<=[0-9０-９][ \t]?)[伊依衣逸臆跃越耀原](?=[ \t]?[0-9０-９])/g,
  /(?<=[A-Za-z][ \t]?)[约跃越逸臆](?=[ \t]?[0-9０-９])/g,
  /(?<=[A-Za-z0-9０-９])垣|垣(?=[A-Za-z0-9０-９])/g,
  /(?<![雕细精不])琢(?![磨玉])/g,
  /[茁酌](?!\p{Script=Han})|滋(?=[a-zA-Z])/gu,
]

/** A dash is printed twice, or trebled by extraction. */
const DASHES = /要(?:[ \t]?要)+/g

/** 主要, 需要 and so on end with 要, 要求 and 要素 begin with it. */
const ENDS_IN_YAO = /[主需重必首摘纲提概简紧次险]/
const BEGINS_WITH_YAO = /[求素领点害件务塞闻冲]/

/** Steps strung together by dashes: 谋划—决策—实施, members of one length, wherever lines break. */
const CHAIN =
  /要(?:\s*\p{Script=Han}\s*\p{Script=Han}\s*要){2,}|要(?:(?:\s*\p{Script=Han}){4}\s*要)+/gu

/** Marks dashes, per cents and the signs of measure and order, in place. */
export function markFigureSigns(text: string, marks: Marks): void {
  for (const pattern of BETWEEN_FIGURES) {
    for (const { index } of text.matchAll(pattern)) marks[index] = 1
  }
  for (const { index, 0: run } of text.matchAll(DASHES)) {
    const start = ENDS_IN_YAO.test(text[index - 1] ?? '') ? 1 : 0
    const end = run.length - (BEGINS_WITH_YAO.test(text[index + run.length] ?? '') ? 1 : 0)
    if (run.slice(start, end).replaceAll(/\s/g, '').length < 2) continue
    for (let at = index + start; at < index + end; at++) if (text[at] === '要') marks[at] = 1
  }
  for (const { index, 0: chain } of text.matchAll(CHAIN)) markChain(text, marks, index, chain)
}

function markChain(text: string, marks: Marks, from: number, chain: string): void {
  const dashes = [...chain.matchAll(/要/g)].map(({ index }) => from + index)
  if (dashes.some((at) => isWordOfYao(text, at))) return
  for (const at of dashes) marks[at] = 1
  // The last step may be of another length.
  const [rest] = /^\s*(?:\p{Script=Han}\s*){2,8}?要/u.exec(text.slice(from + chain.length)) ?? []
  const last = from + chain.length + (rest?.length ?? 0) - 1
  if (rest !== undefined && !/[袁遥尧曰冶冤]/.test(rest) && !isWordOfYao(text, last))
    marks[last] = 1
}

function isWordOfYao(text: string, at: number): boolean {
  return ENDS_IN_YAO.test(text[at - 1] ?? '') || BEGINS_WITH_YAO.test(text[at + 1] ?? '')
}
