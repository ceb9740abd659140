/** What ０ to ９ and ． become when their row is shifted. */
const FIGURE = '园员圆猿源缘远苑愿怨'
const RUN = new RegExp(`[${FIGURE}](?:[ \\t]?[${FIGURE}援])*`, 'g')

/** What is counted or measured by a figure; after one figure alone only what cannot begin another word. */
const COUNTED =
  /^\s?(?:[年月日时分万亿元个家项名余多豫％%岁期届次位条吨米亩户辆台套倍天周号楼层度毅]|公里|千[瓦米克]|平方|立方|百分|工作日)/
const COUNTED_ONE = /^\s?(?:[年月日万亿豫％%]|[个家项名次岁期届位条](?!性|体|人|长|庭|目|单))/
const LEADS_TO_COUNT =
  /(?:[第约近达至共有为超过年月日到了增长降高低于前渊（袁，尧、遥。曰；要—至的\s]|^)$/

/** A year is the surest sign that figures are shifted too. */
const YEAR = new RegExp(`(?:员[愿怨]|圆园)[${FIGURE}]{2}(?=\\s?年)`, 'g')

/** Runs of Latin capitals: GDP, IT, APEC; nearly all of these characters are rare and never side by side. */
const RARE_CAPITALS = '粤悦阅耘郧匀陨允蕴酝晕韵孕匝砸栽哉'
const CAPITALS = new RegExp(`[${RARE_CAPITALS}月云运杂灾宰载再在]{2,10}`, 'g')

/** The signs ① to ⑩, in order. */
const CIRCLED = '淤于盂榆虞愚舆余俞逾'
const CLAUSE_START = /(?:^|[\n袁遥尧院曰渊，。、：；（][ \t]?)$/
const NEXT_CIRCLED = 400

/**
 * The offsets of full-width figures, capitals and circled numbers in a text whose symbols are
 * shifted. Most such texts print ordinary figures and have none.
 */
export function fullWidthFigures(text: string): number[] {
  const places = [...circled(text)]
  if (hasShiftedFigures(text)) places.push(...figures(text))
  if (!/[A-Za-z]{2}/.test(text)) places.push(...capitals(text))
  return [...new Set(places)].toSorted((a, b) => a - b)
}

function hasShiftedFigures(text: string): boolean {
  const ordinary = text.match(/\d/g)?.length ?? 0
  const years = text.match(YEAR)?.length ?? 0
  return years > 0 && years * 4 > ordinary
}

function figures(text: string): number[] {
  return [...text.matchAll(RUN)].flatMap(({ index, 0: run }) => {
    const figure = run.replace(/(?<![\s援])[\s援]+$/, '')
    return isFigure(text, index, figure) ? offsetsOf(index, figure) : []
  })
}

function isFigure(text: string, start: number, figure: string): boolean {
  const digits = figure.replaceAll(/\s/g, '')
  const before = text.slice(Math.max(0, start - 2), start)
  const after = text.slice(start + figure.length, start + figure.length + 4)
  if (digits.length >= 4 || /.援./.test(digits)) return true
  if (digits.length >= 2) {
    return COUNTED.test(after) || (LEADS_TO_COUNT.test(before) && !/^\p{Script=Han}/u.test(after))
  }
  return LEADS_TO_COUNT.test(before) && COUNTED_ONE.test(after)
}

function capitals(text: string): number[] {
  return [...text.matchAll(CAPITALS)].flatMap(({ index, 0: run }) => {
    const rare = run.match(new RegExp(`[${RARE_CAPITALS}]`, 'g'))?.length ?? 0
    return rare >= 2 ? offsetsOf(index, run) : []
  })
}

/** ① begins a series only when ② follows it, both where a clause begins. */
function circled(text: string): number[] {
  const places: number[] = []
  for (const { index } of text.matchAll(/淤/g)) {
    if (!CLAUSE_START.test(text.slice(Math.max(0, index - 2), index))) continue
    const series = [index]
    for (const sign of CIRCLED.slice(1)) {
      const at = nextAtClauseStart(text, sign, series.at(-1)! + 1)
      if (at === -1) break
      series.push(at)
    }
    if (series.length > 1) places.push(...series)
  }
  return places
}

function nextAtClauseStart(text: string, sign: string, from: number): number {
  for (let at = from; at <= from + NEXT_CIRCLED && at < text.length; at++) {
    if (text[at] !== sign) continue
    if (CLAUSE_START.test(text.slice(Math.max(0, at - 2), at))) return at
  }
  return -1
}

function offsetsOf(start: number, run: string): number[] {
  return [...run.matchAll(/\S/g)].map(({ index }) => start + index)
}
