import { asset } from '../../web/assets.ts'

export const ARTICLES_STYLES = ['explained.css', 'articles.css'].map((name) =>
  asset(new URL(name, import.meta.url)),
)
export const ARTICLES_SCRIPT = asset(new URL('articles.js', import.meta.url))
