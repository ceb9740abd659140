import { MOMENT } from '../../labels.ts'

/** An article of a newspaper's digital edition: its page of the paper beside it, its parts marked. */
export interface Edition {
  readonly headline: string | null
  readonly kicker: readonly string[]
  readonly body: Element
  readonly date: string | null
  readonly publication: string | null
  readonly author: string | null
}

/** As Founder's software, which most papers use, marks the parts of an article. */
const BODY = '#ozoom, founder-content, #articleContent, .newsdetatext'
const HEADLINE = 'founder-title, .font01, #Title, .newsdetatit h3'
const BESIDE =
  'founder-futitle, founder-subtitle, founder-yinti, .font02, .newsdetatit h4, .newsdetatit h5'
const AUTHOR = 'founder-author, .font6, .author'
/** 桐麓日报数字报, 桐麓日报电子版: the name of an edition is that of its paper and its form. */
const FORM =
  /(?:(?<!\s)\s+)?(?:数字报(?:纸|刊)?|电子(?:报|版|报纸)|多媒体(?:报|数字报)|数字版|在线阅读).*$/u
/** A part of a title that is a paper's name and nothing else. */
const NAMED = /^\p{Script=Han}{2,8}(?:日报|晚报|早报|晨报|时报|商报|都市报|报)$/u
const PAPER = /\p{Script=Han}{2,10}(?:报|时讯|周刊)(?=社?(?:版权|数字|电子|多媒体))/u

/** Reads the marks of a digital edition; null of any other page. */
export function readEdition(document: Document): Edition | null {
  const body = document.querySelector(BODY)
  if (!body || !document.querySelector(`${HEADLINE}, founder-content`)) return null
  const text = (selector: string) =>
    [...document.querySelectorAll(selector)]
      .map((element) => (element.textContent ?? '').replaceAll(/\s+/g, ' ').trim())
      .filter((words) => words !== '')
  const title = document.querySelector('title')?.textContent ?? ''
  const page = (document.body.textContent ?? '').replaceAll(/\s+/g, ' ')
  const parts = title.split(/[-_—|]/u).map((part) => part.trim())
  const named = parts.find((part) => FORM.test(part)) ?? parts.find((part) => NAMED.test(part))
  return {
    headline: text(HEADLINE)[0] ?? null,
    kicker: text(BESIDE),
    body,
    date: MOMENT.exec(page)?.[0] ?? null,
    publication: named?.replace(FORM, '') || (PAPER.exec(page)?.[0] ?? null),
    author: text(AUTHOR)[0] ?? null,
  }
}
