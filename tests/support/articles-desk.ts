import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Hono } from 'hono'
import { openArticles } from '../../src/cli/desk-articles.ts'
import { openFilledIndex, openStores } from '../../src/cli/open.ts'
import { type Config, parseConfig } from '../../src/config.ts'
import { articlesRoom } from '../../src/desk/articles/articles-room.ts'
import type { DeskEnv } from '../../src/desk/desk.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { createLog } from '../../src/log.ts'
import type { ToldPassages } from '../../src/stores/told.ts'

export async function ingestInto(config: Config, paths: readonly string[]) {
  const stores = await openStores(config)
  try {
    return await ingest(paths, stores)
  } finally {
    await stores.close()
  }
}

/** The room of articles over files that were really ingested, as 小王 sees it. */
export async function openArticlesDesk(
  files: Readonly<Record<string, string>>,
  told?: ToldPassages,
) {
  const folder = mkdtempSync(join(tmpdir(), 'wence-files-'))
  const data = mkdtempSync(join(tmpdir(), 'wence-data-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  // As by default: from where it is started.
  const config = parseConfig({ WENCE_DATA_DIR: relative('', data) })
  await ingestInto(config, [folder])
  const { index, close } = await openFilledIndex(config)
  const articles = openArticles({ config, index, log: createLog('silent') })
  const room = articlesRoom({
    ...articles.deps,
    article: (id) => index.article(id),
    passages: (id) => index.passages(id),
    told,
  })
  const app = new Hono<DeskEnv>()
    .use(async (c, next) => {
      c.set('who', '小王')
      await next()
    })
    .route('/desk/articles', room)

  const get = async (path: string) => {
    const response = await app.request(`/desk/articles${path.replace(/^\/(?=\?|$)/u, '')}`)
    return { status: response.status, text: await response.text() }
  }
  /** Sends a form, and follows to the page that is shown then. */
  const post = async (path: string, body: URLSearchParams | FormData) => {
    const response = await app.request(`/desk/articles${path}`, { method: 'POST', body })
    const location = response.headers.get('location')
    if (location === null) return { status: response.status, text: await response.text() }
    return get(location.replace('/desk/articles', ''))
  }
  const end = async () => {
    articles.close()
    await close()
    for (const made of [folder, data]) rmSync(made, { recursive: true, force: true })
  }
  return { app, room, sources: articles.deps.sources, folder, config, index, get, post, end }
}

/** The fields of the first form with this action behind some words of a page, as they are filled in. */
export function formIn(page: string, action: string, behind = ''): URLSearchParams {
  const from = page.indexOf(behind)
  const start = page.indexOf(`action="${action}"`, from)
  if (from < 0 || start < 0) throw new Error(`There is no form to ${action} behind ${behind}`)
  const form = page.slice(start, page.indexOf('</form>', start))
  const fields = new URLSearchParams()
  for (const [tag] of form.matchAll(/<input [^>]*>/gu)) {
    const of = (name: string) =>
      unescape(new RegExp(` ${name}="([^"]*)"`, 'u').exec(tag)?.[1] ?? '')
    if (/type="(?:checkbox|file)"/u.test(tag) && !tag.includes(' checked')) continue
    if (of('name')) fields.append(of('name'), of('value'))
  }
  for (const [, name, options] of form.matchAll(
    /<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gsu,
  )) {
    const chosen = /value="([^"]*)" selected/u.exec(options!) ?? /value="([^"]*)"/u.exec(options!)
    fields.append(name!, unescape(chosen?.[1] ?? ''))
  }
  return fields
}

const unescape = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
