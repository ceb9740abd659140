import { flatten } from './flatten.ts'

/**
 * A page as a document. The tags that HTML lets a page leave out (html, head, body) are written first,
 * since the parser does not add them; elements deeper than `depth` in one another are left out, and
 * what they hold is not.
 */
export async function parsePage(html: string, depth: number): Promise<Document> {
  const { parseHTML } = await import('linkedom')
  return parseHTML(await flatten(whole(html), depth)).document
}

function whole(html: string): string {
  if (/<html[\s>]/i.test(html)) return html
  const body = /<body[\s>]/i.exec(html)?.index
  if (body === undefined) return `<!doctype html><html><head></head><body>${html}</body></html>`
  const head = html.slice(0, body).replace(/<!doctype[^>]*>|<\/?head[^>]*>/gi, '')
  return `<!doctype html><html><head>${head}</head>${html.slice(body)}</html>`
}
