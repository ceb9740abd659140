import { raw } from 'hono/html'
import { type Asset, asset } from './assets.ts'
import { type Html, type Part, html } from './html.ts'
import { searchForm } from './search-form.ts'

/** Every page's. */
export const STYLE = asset(new URL('style.css', import.meta.url))
const ICON = asset(new URL('icon.svg', import.meta.url))

export interface NavItem {
  readonly href: string
  readonly text: string
  readonly isCurrent?: boolean
}

export interface PageOptions {
  /** Of the window; the product's name is added. */
  readonly title: string
  readonly main: Part
  readonly nav?: readonly NavItem[]
  /** Beside the nav: who is signed in, a form; for readers what they search with. */
  readonly aside?: Part
  readonly styles?: readonly Asset[]
  /**
   * Whether style sheets are written in it instead of linked, which the policy allows for WRITTEN_STYLES
   * alone. A browser that is sent to words looks for them before a linked sheet is there, and stays beside them.
   */
  readonly writesStyles?: boolean
  readonly scripts?: readonly Asset[]
  /** What goes into the head beside: what a link unfolds to, robots. */
  readonly head?: Part
  /** Narrow for reading, wide for working. */
  readonly width?: 'reading' | 'wide'
}

/** A whole page. It says all without script; scripts, if any, only make it quicker. */
export function page({
  title,
  main,
  nav = NAV,
  aside = nav.every(({ isCurrent = false }) => !isCurrent) && searchForm({}),
  styles = [],
  writesStyles = false,
  scripts = [],
  head,
  width = 'reading',
}: PageOptions): Html {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · 问策</title>
<link rel="icon" href="${ICON.path}">
${head}${[STYLE, ...styles].map(writesStyles ? written : linked)}
${scripts.map(({ path }) => html`<script src="${path}" defer></script>`)}
</head>
<body class="${width}">
<a class="skip" href="#main">跳到正文</a>
<header class="top">
<a class="name" href="${nav[0]?.href ?? '/'}">问策</a>
<nav aria-label="主要页面">${nav.map(navLink)}</nav>
${aside && html`<div class="aside">${aside}</div>`}
</header>
<main id="main" tabindex="-1">${main}</main>
</body>
</html>
`
}

const linked = ({ path }: Asset) => html`<link rel="stylesheet" href="${path}">`
const written = ({ body }: Asset) => html`<style>${raw(body)}</style>`

/** What readers find everywhere: the articles, and the chat where there is one. */
export function readersNav(hasChat: boolean, current?: '/' | '/chat'): readonly NavItem[] {
  const items = [
    { href: '/', text: '收录的报道' },
    ...(hasChat ? [{ href: '/chat', text: '提问' }] : []),
  ]
  return items.map((item) => ({ ...item, isCurrent: item.href === current }))
}

const NAV = readersNav(false)

function navLink({ href, text, isCurrent = false }: NavItem): Html {
  return isCurrent
    ? html`<a href="${href}" aria-current="page">${text}</a>`
    : html`<a href="${href}">${text}</a>`
}
