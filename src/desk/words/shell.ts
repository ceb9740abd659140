import { asset } from '../../web/assets.ts'
import { type Html, type Part, html } from '../../web/html.ts'
import { deskPage } from '../desk-page.ts'
import { LIST_NAMES, type ListName } from './lists.ts'

const STYLE = asset(new URL('words.css', import.meta.url))

export const TITLES: Readonly<Record<ListName, string>> = {
  thesaurus: '同义词',
  gazetteer: '地名',
  governors: '约束词',
}

/** What every page of the room shows. */
export interface Shell {
  readonly who: string
  /** How many changes are in the draft. */
  readonly drafted: number
  /** What of staff's files cannot be read, a sentence each. */
  readonly faults: readonly string[]
}

/** A page of the words' room. */
export function wordsPage(
  { who, drafted, faults }: Shell,
  current: ListName | 'draft' | 'history',
  title: string,
  main: Part,
  head?: Part,
): Html {
  const link = (href: string, text: string) =>
    html`<a href="/desk/words/${href}"${href === current && html` aria-current="page"`}>${text}</a>`
  return deskPage({
    room: 'words',
    who,
    title,
    styles: [STYLE],
    head,
    main: html`<h1>${title}</h1>
<nav class="tabs" aria-label="词表">
${LIST_NAMES.map((list) => link(list, TITLES[list]))}
${link('draft', drafted > 0 ? `草稿（${drafted} 处改动）` : '草稿')}
${link('history', '改动记录')}
</nav>
${
  faults.length > 0 &&
  html`<div class="notice" role="alert"><p>本地词表有没读入的地方，其余照常使用：</p><ul>${faults.map((fault) => html`<li>${fault}</li>`)}</ul></div>`
}
${main}`,
  })
}
