import { Hono } from 'hono'
import { errorPage } from '../web/app.ts'
import { limitBody } from '../web/limit-body.ts'
import { ownFormsOnly } from '../web/own-pages.ts'
import { type DeskEnv, type DoorDeps, createDoor } from './door.ts'

export type { DeskEnv } from './door.ts'

/** A room of the desk, served below /desk/<name>. */
export type Room = Hono<DeskEnv>

export interface DeskDeps extends DoorDeps {
  /** By name, in the order of the nav; the first is where one arrives. */
  readonly rooms: ReadonlyMap<string, Room>
}

/** Far above any form; who takes files in bounds them itself. */
const MOST_BYTES = 2_000_000
/** Below these paths files are taken in. */
const UPLOADS = ['/desk/articles/upload', '/desk/judged/import']

/** The staff's pages, behind their door. */
export function createDesk({ rooms, ...deps }: DeskDeps): Hono<DeskEnv> {
  const door = createDoor(deps)
  const desk = new Hono<DeskEnv>()
  desk.use(async (c, next) => {
    c.header('cache-control', 'no-store')
    c.header('x-robots-tag', 'noindex')
    await next()
  })
  const bounded = limitBody(MOST_BYTES, (c) =>
    c.html(errorPage('太长了', '一次提交的内容太多，请分几次提交。'), 413),
  )
  desk.use((c, next) =>
    UPLOADS.some((path) => c.req.path.startsWith(path)) ? next() : bounded(c, next),
  )
  desk.use(ownFormsOnly())
  desk.route('/', door.signing)
  desk.use(door.staffOnly)
  const [first] = rooms.keys()
  desk.get('/', (c) => c.redirect(`/desk/${first}`))
  for (const [name, room] of rooms) desk.route(`/${name}`, room)
  return desk
}
