import { lettersIn } from './letters.ts'

const CODE = 'script, style, noscript, template'
/** What a page itself says that nobody sees. */
const HIDDEN = /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i
const HIDDEN_ATTRIBUTE = '[hidden], [aria-hidden=true], [style*=display], [style*=visibility]'
/** A rule of a style sheet; nested rules (@media) are passed over by their braces. */
const RULE = /([^{}@;]+)\{([^{}]*)\}/g
/** @media print and the like, with the rules in them: they hold elsewhere. */
const AT_RULE = /@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g
/** A page that hides most of its words shows them by a script. */
const MOST = 0.5

/** Takes out what no reader sees: scripts, and what an attribute, a style or a rule of the page's own style sheet hides. */
export function removeHidden(document: Document): void {
  const sheets = [...document.querySelectorAll('style')].map((sheet) => sheet.textContent ?? '')
  for (const element of document.querySelectorAll(CODE)) element.remove()
  const all = lettersIn(document.body)
  for (const element of hidden(document, sheets)) {
    if (lettersIn(element) <= all * MOST) element.remove()
    else for (const name of ['style', 'hidden', 'aria-hidden']) element.removeAttribute(name)
  }
}

function* hidden(document: Document, sheets: readonly string[]): Generator<Element> {
  for (const element of document.querySelectorAll(HIDDEN_ATTRIBUTE)) {
    const style = element.getAttribute('style') ?? ''
    if (element.hasAttribute('hidden') || HIDDEN.test(style)) yield element
    else if (element.getAttribute('aria-hidden') === 'true') yield element
  }
  const names = namesOn(document)
  for (const sheet of sheets) {
    const css = sheet.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(AT_RULE, '')
    for (const [, selector = '', rules = ''] of css.matchAll(RULE)) {
      if (HIDDEN.test(rules)) yield* select(document, possible(selector, names))
    }
  }
}

/** The classes and ids that a page has. */
function namesOn(document: Document): ReadonlySet<string> {
  const names = new Set<string>()
  for (const element of document.querySelectorAll('[class], [id]')) {
    for (const name of (element.getAttribute('class') ?? '').split(/\s+/)) names.add(name)
    names.add(element.id)
  }
  return names
}

/** Of a selector what can be on the page: most of a site's sheet is for its other pages. */
const possible = (selector: string, names: ReadonlySet<string>) =>
  selector
    .split(',')
    .filter(
      (one) =>
        /[[\\]/.test(one) ||
        [...one.matchAll(/[.#]([^\s.#:>+~()]+)/g)].every(([, name]) => names.has(name!)),
    )
    .join(',')

/** A selector that the library does not know hides nothing. */
function select(document: Document, selector: string): Element[] {
  // A rule for another state or another medium does not hide what a reader first sees.
  if (/:(?!first-child|last-child|nth)/.test(selector)) return []
  if (selector.trim() === '') return []
  try {
    return [...document.body.querySelectorAll(selector.trim())]
  } catch {
    return []
  }
}
