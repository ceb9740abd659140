import { replace } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

/** Radicals of the CJK supplement that PDF fonts print for the character itself, and Unicode folds nowhere. */
const RADICALS: ReadonlyMap<string, string> = new Map(
  [
    ...'⺠民⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⼾户⻙韦⻧卤⻁虎⺒巳⺎兀'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, radical, character]) => [radical!, character!] as const),
)

const ODD_FORMS = /[０-９Ａ-Ｚａ-ｚ⺀-⻿⼀-⿕豈-﫿]|(?<=[0-9０-９])．(?=[0-9０-９])/g

/**
 * Full-width figures and letters become ordinary ones, radicals that a PDF's font printed become the
 * characters they look like. Full-width punctuation is the norm in Chinese and stays.
 */
export function plainForms(traced: Traced): Traced {
  return replace(traced, ODD_FORMS, ([odd]) => RADICALS.get(odd) ?? odd.normalize('NFKC'))
}
