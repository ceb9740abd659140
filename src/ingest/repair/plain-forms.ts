import { replace } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

/**
 * Radicals that PDF fonts print for the character itself and that normalisation leaves: those of the
 * CJK supplement (Unicode's EquivalentUnifiedIdeograph), and three of Kangxi that mainland fonts print
 * in another form than the one they are folded to.
 */
const RADICALS: ReadonlyMap<string, string> = new Map(
  [
    ...(
      '⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵' +
      '⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见' +
      '⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦' +
      '⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟' +
      '⼾户⾭青⿈黄'
    ).matchAll(/(.)(.)/gu),
  ].map(([, radical, character]) => [radical!, character!] as const),
)

const ODD_FORMS = /[０-９Ａ-Ｚａ-ｚ⺀-⻿⼀-⿕豈-﫿]|(?<=[0-9０-９])．(?=[0-9０-９])/g

/** No script puts so many marks on a letter; normalising takes the square of their number (UAX #15, Stream-Safe Text Format). */
const MARKS_BEYOND = /(?<=\p{M}{30})\p{M}+/gu

/**
 * Full-width figures and letters become ordinary ones, radicals that a PDF's font printed become the
 * characters they look like. Full-width punctuation is the norm in Chinese and stays.
 */
export function plainForms(traced: Traced): Traced {
  const marked = replace(traced, MARKS_BEYOND, () => '')
  return replace(marked, ODD_FORMS, ([odd]) => RADICALS.get(odd) ?? odd.normalize('NFKC'))
}
