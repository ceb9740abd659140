import { readLabels } from '../../labels.ts'
import { isWebFurniture } from '../../web-furniture.ts'
import { fold, lettersIn, proseIn } from './letters.ts'

/** Parts of a page that stand around its article, by the words of their class or id. */
const AROUND = new Set(
  (
    'comment comments cmt pinglun related relate relation relnews xgyd xgnews hotnews rank ranking paihang ' +
    'sidebar aside footer foot copyright ad ads adv advert guanggao disclaimer shengming toplist sitemap'
  ).split(' '),
)
/** Parts that say no sentence; one so called that says any is no such part: pages_content. */
const UNSAYING = new Set(
  (
    'share sharebox sharebar bdsharebuttonbox bshare jiathis fenxiang tuijian recommend recommended recom ' +
    'banner crumb crumbs breadcrumb breadcrumbs weizhi position curpos menu toolbar tools pager pagination pages ' +
    'login search qrcode erweima ewm prevnext nextprev shangxia tags keywords topbar topnav navbar subnav mininav nav'
  ).split(' '),
)
const CONTROLS = 'iframe, button, select, svg, object'
const UNREAD =
  'nav, footer, aside, form:not(:has(p)), [role=navigation], [role=banner], [role=contentinfo], [role=search], [role=complementary]'

/** Heads of readers' own words: 网友评论, 最新跟帖. */
const COMMENTS =
  /^[【[■▎|]?(?:网友|读者|用户|全部|最新|热门|精彩|发表|文章|我要)+(?:评论|跟帖|跟贴|留言)(?:区|列表|\d*条?)?[：:】\]]?$|^(?:跟帖|跟贴|留言)(?:区|列表|\d*条?)?[：:]?$/u
/** Heads of lists of links: 相关阅读, 热点排行, 分享到. */
const LISTS =
  /^[【[■▎|]?(?:(?:相关|推荐|热门|延伸|精彩|最新|热点|频道|今日|图文|更多|本类|编辑|猜你|为您|点击|阅读)*(?:阅读|新闻|推荐|文章|资讯|链接|报道|排行榜?|热点|专题|喜欢|信息|话题|视频|图片|头条)|新闻排行榜?|(?:\d+小时)?点击排行榜?|友情链接|分享到?|评论|扫码.{0,8}|返回顶部)[：:】\]]?(?:更多|More)?$/iu

const ATTACHED = /^(?:(?:相关|下载)?附件(?:下载)?|图集|加载中[.…]*)[：:]?$/u
/** A head that stands over a list, as an article's last line: 相关附件 on pages without one. */
export const isEmptyHead = (line: string): boolean => LISTS.test(line) || ATTACHED.test(line)

/** A list is navigation when most of what it says are links, and several. */
const LINKED_SHARE = 0.7
const LINKED_LEAST = 3
/** A line that labels an article is no longer; in a longer one the words of a button are text. */
const LABEL_LENGTH = 120
/** Nor has it more nodes: a letter in each, and white space between them. */
const LABEL_NODES = 2 * LABEL_LENGTH
/** A part that says so much of a page, links left out, is its article, whatever it is called. */
const MOST = 0.5
/** So many letters before a head in its part show that the part is not the head's alone. */
const BEFORE = 12

/**
 * Takes the words of buttons out of the lines they stand in: 小字号 and 参与互动 beside a date. Figures
 * are left (每月<span>217</span>元), and whatever stands in a sentence or a cell.
 */
export function removeButtons(document: Document): void {
  const known = new Map<Element, boolean>()
  const isLong = (element: Element | null) => {
    if (element === null) return false
    const long = known.get(element) ?? element.childNodes.length > LABEL_NODES
    known.set(element, long)
    return long
  }
  for (const element of document.body.querySelectorAll('a, span, em, i, label, font, li')) {
    const words = fold(element.textContent ?? '')
    if (!/\p{L}/u.test(words) || !isWebFurniture(words)) continue
    const isLeaf = element.querySelector('*:not(em):not(i):not(b):not(img)') === null
    if (isLong(element.parentElement) || isLong(lineOf(element))) continue
    const beside = lettersIn(element.parentElement)
    if (isLeaf && beside <= LABEL_LENGTH && isBeside(element) && !element.closest('td, th'))
      element.remove()
  }
}

const lineOf = (button: Element) => button.closest('p, div, li, ul')

/** Whether what stands beside words of buttons labels the article, or is nothing: 办理方式：微信 is text. */
function isBeside(button: Element): boolean {
  const rest = [...(lineOf(button)?.childNodes ?? [])]
    .filter((node) => !isWebFurniture(fold(node.textContent ?? '')))
    .map((node) => node.textContent ?? '')
    .join(' ')
    .trim()
  return !/[\p{L}\p{N}]/u.test(rest) || readLabels(rest) !== null || isWebFurniture(rest)
}

const FILE = /\.(?:docx?|xlsx?|pptx?|pdf|wps|et|zip|rar)(?:$|[?#])/iu

/** Makes text of links to files: a document's attachments are no menu of the page. */
export function unlinkFiles(document: Document): void {
  for (const link of document.body.querySelectorAll('a[href]'))
    if (FILE.test(link.getAttribute('href')!)) link.replaceWith(...link.childNodes)
}

/** Takes out what a page shows around its article: menus, comments, lists of links, share bars. */
export function removeFurniture(document: Document, isHeadline: (text: string) => boolean): void {
  const { body } = document
  for (const element of body.querySelectorAll(CONTROLS)) element.remove()
  const all = proseIn(body)
  for (const element of body.querySelectorAll(UNREAD))
    if (proseIn(element) <= all * MOST) element.remove()
  const mayGo = (element: Element) =>
    proseIn(element) <= all * MOST && !holdsHeadline(element, isHeadline)
  for (const element of body.querySelectorAll('[class], [id]')) {
    if (element.isConnected && isAround(element) && mayGo(element)) element.remove()
  }
  for (const element of body.querySelectorAll(
    'h1, h2, h3, h4, h5, h6, p, div, span, strong, b, dt, li, td, a, legend',
  )) {
    if (!element.isConnected) continue
    const head = headOf(element)
    if (COMMENTS.test(head)) removePart(element, true, mayGo)
    else if (LISTS.test(head)) removePart(element, false, mayGo)
  }
  // The innermost first: an article that ends in a list of links loses the list alone.
  for (const list of [...body.querySelectorAll('ul, ol, div, table, dl, p')].toReversed()) {
    if (list.isConnected && isLinkList(list) && !holdsHeadline(list, isHeadline)) list.remove()
  }
}

const HEADING = 'h1, h2, h3, [class*=title], [id*=title]'
const holdsHeadline = (element: Element, isHeadline: (text: string) => boolean) =>
  [...(element.matches(HEADING) ? [element] : []), ...element.querySelectorAll(HEADING)].some(
    (head) => isHeadline(head.textContent ?? ''),
  )

function isAround(element: Element): boolean {
  const words = `${element.getAttribute('class') ?? ''} ${element.id}`
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
  return (
    words.some((word) => AROUND.has(word)) ||
    (words.some((word) => UNSAYING.has(word)) && !hasSentence(element))
  )
}

const HEAD_LENGTH = 24
const headOf = (element: Element) => {
  const text = fold(element.textContent ?? '')
  return text.length >= 2 && text.length <= HEAD_LENGTH ? text : ''
}

/**
 * Removes the part that a head stands over: what holds the head first, else what follows it. Under a
 * head of links only what has links and no sentence of its own goes: 视频 may be a cell of a table.
 */
function removePart(head: Element, comments: boolean, mayGo: (element: Element) => boolean): void {
  const goes = (element: Element) => mayGo(element) && (comments || !hasSentence(element))
  let part = head
  for (let up = head.parentElement; up && up.localName !== 'body'; up = up.parentElement) {
    if (!goes(up) || saysBefore(part) > BEFORE) break
    part = up
  }
  const following: Element[] = []
  if (lettersIn(part) === lettersIn(head)) {
    for (let next = part.nextElementSibling; next; next = next.nextElementSibling) {
      if (/^h[1-4]$/.test(next.localName) || !goes(next) || !(comments || isLinkList(next, 1)))
        break
      following.push(next)
    }
    if (following.length === 0 && !isLinkList(part, 1)) return
  } else if (!comments && part.querySelector('a') === null) return
  for (const element of [part, ...following]) element.remove()
}

/** Whether an element says a whole sentence that is no link. */
const hasSentence = (element: Element) =>
  proseIn(element) > BEFORE &&
  (element.textContent ?? '')
    .split('。')
    .slice(0, -1)
    .some((sentence) => /[，,][^。]{4}/u.test(sentence))

/** The letters of what stands before an element in its parent. */
function saysBefore(element: Element): number {
  let letters = 0
  for (let before = element.previousSibling; before; before = before.previousSibling)
    letters += (before.textContent ?? '').trim().length
  return letters
}

/** Links to what belongs to a document. */
const FILES = /附件|\.(?:docx?|xlsx?|pdf|wps|zip|rar)/iu

function isLinkList(list: Element, least = LINKED_LEAST): boolean {
  const links: Element[] = [...list.querySelectorAll('a')]
  if (list.localName === 'a') links.push(list)
  if (links.length < least) return false
  const linked = links.reduce((sum, link) => sum + lettersIn(link), 0)
  return linked > lettersIn(list) * LINKED_SHARE && !FILES.test(list.textContent ?? '')
}
