import { type Context, Hono } from 'hono'
import { errorPage } from '../../web/app.ts'
import { limitBody } from '../../web/limit-body.ts'
import type { DeskEnv, Room } from '../desk.ts'
import { askedIn } from './asked.ts'
import { readingPath } from './sources-page.ts'
import { MOST_MEGABYTES, type Upload, type Uploads, UploadsFull } from './uploads.ts'
import { uploadPage, uploadsPage } from './upload-page.ts'

const MEGABYTE = 1_000_000
/** What a form takes beside its files. */
const OF_THE_FORM = 100_000

/** Where files are handed in, seen as they are read, and taken in or thrown away. */
export function uploadRoom(uploads: Uploads): Room {
  const bounded = limitBody(MOST_MEGABYTES * MEGABYTE + OF_THE_FORM, (c) =>
    c.html(
      errorPage(
        '太大了',
        `一次最多上传 ${MOST_MEGABYTES} MB，请分几次上传，或者用 npm run ingest。`,
      ),
      413,
    ),
  )
  return new Hono<DeskEnv>()
    .get('/', (c) => list(c))
    .post('/', bounded, async (c) => {
      const form = await c.req.formData().catch(() => undefined)
      if (!form) return list(c, '没有收全文件，请再上传一次。', 400)
      const files = form
        .getAll('file')
        .filter((file) => file instanceof File)
        .filter(({ name }) => name !== '')
      if (files.length === 0) return list(c, '没有收到文件，请先选好文件。', 400)
      let kept: readonly Upload[]
      try {
        kept = await uploads.keep(files)
      } catch (error) {
        if (!(error instanceof UploadsFull)) throw error
        return list(c, '等着收录的文件已经太多，请先收录或扔掉一些。', 409)
      }
      const [first, ...more] = kept
      return c.redirect(
        first && more.length === 0 ? `/desk/articles/upload/${first.id}` : '/desk/articles/upload',
        303,
      )
    })
    .get('/:id', async (c) => {
      const upload = await uploads.find(c.req.param('id'))
      return upload ? one(c, upload) : c.notFound()
    })
    .post('/:id/take', async (c) => {
      const result = await uploads.take(c.req.param('id'))
      if (result && 'source' in result) return c.redirect(readingPath(result.source), 303)
      const upload = await uploads.find(c.req.param('id'))
      return upload ? one(c, upload, result?.fault) : c.notFound()
    })
    .post('/:id/drop', async (c) => {
      const upload = await uploads.find(c.req.param('id'))
      if (upload) await uploads.drop(upload)
      return c.redirect('/desk/articles/upload', 303)
    })

  async function list(c: Context<DeskEnv>, fault?: string, status: 200 | 400 | 409 = 200) {
    return c.html(uploadsPage(c.get('who'), await uploads.list(), fault), status)
  }

  async function one(c: Context<DeskEnv>, upload: Upload, fault?: string) {
    const look = await uploads.look(upload, askedIn(c))
    const status = fault === undefined ? 200 : 409
    return c.html(uploadPage({ who: c.get('who'), upload, look, fault }), status)
  }
}
