import { type Html, html } from './html.ts'

export interface SearchFormOptions {
  readonly query?: string
  /** What else is asked for stays asked for. */
  readonly kept?: readonly (readonly [name: string, value: string])[]
}

/** Asks for articles by words. */
export function searchForm({ query = '', kept = [] }: SearchFormOptions): Html {
  return html`<form class="search" role="search" action="/">
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<input type="search" name="query" value="${query}" aria-label="查找报道" maxlength="200" enterkeyhint="search">
<button>查找</button>
</form>`
}
