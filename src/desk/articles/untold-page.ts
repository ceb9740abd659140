import type { Article } from '../../corpus.ts'
import { sourcePath } from '../../conversation/source-address.ts'
import { type Html, html } from '../../web/html.ts'
import { deskPage } from '../desk-page.ts'
import { ARTICLES_STYLES } from './articles-style.ts'
import { readingPath } from './sources-page.ts'
import { cut } from '../../code-points.ts'

export interface UntoldPage {
  readonly who: string
  readonly articles: readonly Article[]
  readonly total: number
  /** Of how many articles in all. */
  readonly all: number
  readonly from: number
  readonly onAPage: number
}

/** Articles of which no answer ever told a sentence. */
export function untoldPage({ who, articles, total, all, from, onAPage }: UntoldPage): Html {
  const at = (start: number) => `/desk/articles/untold?from=${start}`
  return deskPage({
    room: 'articles',
    who,
    title: '从未被引用的文章',
    styles: ARTICLES_STYLES,
    main: html`<p><a href="/desk/articles">← 全部来源文件</a></p>
<h1>从未被引用的文章 <small>${total} 篇，共 ${all} 篇</small></h1>
<p class="soft">没有一个回答引用过其中的句子：可能没有人问到，也可能读得不对、找不到。</p>
<ul class="plain doubts">${articles.map(
      ({
        id,
        headline,
        text,
        source,
        n,
        date,
      }) => html`<li><a href="${readingPath(source, { n })}#n${n}">${headline ?? cut(text, 30)}</a>
<small>${[date.value, `${source} 第 ${n} 篇`].filter(Boolean).join(' · ')} · <a href="${sourcePath(id)}">来源页</a></small></li>`,
    )}</ul>
${
  total > onAPage &&
  html`<p class="row">${from > 0 && html`<a class="button" href="${at(Math.max(0, from - onAPage))}">上一页</a>`}${from + onAPage < total && html`<a class="button" href="${at(from + onAPage)}">下一页</a>`}</p>`
}`,
  })
}
