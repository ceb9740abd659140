/**
 * A page as a document. The tags that HTML lets a page leave out (html, head, body) are written first,
 * since the parser does not add them.
 */
export async function parsePage(html: string): Promise<Document> {
  const { parseHTML } = await import('linkedom')
  return parseHTML(whole(html)).document
}

function whole(html: string): string {
  if (/<html[\s>]/i.test(html)) return html
  const body = /<body[\s>]/i.exec(html)?.index
  if (body === undefined) return `<!doctype html><html><head></head><body>${html}</body></html>`
  const head = html.slice(0, body).replace(/<!doctype[^>]*>|<\/?head[^>]*>/gi, '')
  return `<!doctype html><html><head>${head}</head>${html.slice(body)}</html>`
}
