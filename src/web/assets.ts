import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { Hono } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** A style sheet, script or picture of ours, read once; its address changes with its content. */
export interface Asset {
  readonly path: string
  readonly type: string
  readonly body: string
  /** What lets it stand written in a page, as a source in the page's policy (CSP 3, hash-source). */
  readonly hash: string
}

/** Every asset there is, by its address. */
const known = new Map<string, Asset>()

/** Reads a .css, .js or .svg file, to be linked from pages; `assets` gives it out. */
export function asset(file: URL): Asset {
  const body = readFileSync(file, 'utf8')
  const ending = extname(file.pathname)
  const digest = createHash('sha256').update(body).digest()
  const version = digest.toString('base64url').slice(0, 10)
  const path = `/assets/${basename(file.pathname, ending)}-${version}${ending}`
  const hash = `'sha256-${digest.toString('base64')}'`
  const made = { path, type: TYPES[ending]!, body, hash }
  known.set(made.path, made)
  return made
}

/** Gives out all assets that were read; browsers may keep them for ever. */
export const assets = new Hono().get('/assets/:name', (c) => {
  const found = known.get(c.req.path)
  if (!found) return c.notFound()
  return c.body(found.body, 200, {
    'content-type': found.type,
    'cache-control': 'public, max-age=31536000, immutable',
  })
})
