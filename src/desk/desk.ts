import { createHmac } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { getSignedCookie, setSignedCookie, deleteCookie } from 'hono/cookie'
import { errorPage } from '../web/app.ts'
import { clientOf } from '../web/client.ts'
import { limitBody } from '../web/limit-body.ts'
import { isLoopbackName, ownFormsOnly } from '../web/own-pages.ts'
import { createSlowdown } from '../web/slowdown.ts'
import { HERE } from './desk-page.ts'
import { formOf } from './form.ts'
import { sameSecret } from '../same-secret.ts'
import { signInPage } from './sign-in.ts'

/** What every room knows: who is signed in, by the name that they gave. */
export interface DeskEnv {
  Variables: { who: string }
}

/** A room of the desk, served below /desk/<name>. */
export type Room = Hono<DeskEnv>

export interface DeskDeps {
  /** What staff sign in with; without one, whoever is at this machine is let in, and nobody else. */
  readonly token: string | undefined
  /** A secret of the installation: cookies signed with it are ours. */
  readonly secret: string
  /** By name, in the order of the nav; the first is where one arrives. */
  readonly rooms: ReadonlyMap<string, Room>
  readonly now?: () => number
}

/** Far above any form; who takes files in bounds them itself. */
const MOST_BYTES = 2_000_000
/** Below these paths files are taken in. */
const UPLOADS = '/desk/articles/upload'

const COOKIE = 'wence-desk'
const SIGNED_IN_MS = 12 * 3600 * 1000

/** The staff's pages, behind their sign-in. */
export function createDesk({ token, secret, rooms, now = Date.now }: DeskDeps): Hono<DeskEnv> {
  const desk = new Hono<DeskEnv>()
  const slowdown = createSlowdown(now)
  // A new token makes the cookies of the old one worthless.
  const key = createHmac('sha256', secret)
    .update(token ?? '')
    .digest('base64url')

  desk.use(async (c, next) => {
    c.header('cache-control', 'no-store')
    c.header('x-robots-tag', 'noindex')
    await next()
  })
  const bounded = limitBody(MOST_BYTES, (c, status) =>
    c.html(errorPage('太长了', '一次提交的内容太多，请分几次提交。'), status),
  )
  desk.use((c, next) => (c.req.path.startsWith(UPLOADS) ? next() : bounded(c, next)))
  desk.use(ownFormsOnly())

  if (token === undefined) {
    desk.use(async (c, next) => {
      if (!isLoopbackName(c)) return c.html(errorPage('打不开', '工作台只能在本机打开。'), 403)
      c.set('who', HERE)
      await next()
    })
  } else {
    desk.get('/sign-in', (c) => c.html(signInPage({ next: c.req.query('next') })))
    desk.post('/sign-in', async (c) => {
      const field = await formOf(c)
      const [given, who, next] = [field('token'), field('who'), field('next')]
      const wait = slowdown.wait(clientOf(c))
      if (wait > 0) {
        c.header('retry-after', String(Math.ceil(wait / 1000)))
        return c.html(signInPage({ next, who, waitMs: wait }), 429)
      }
      if (!sameSecret(given, token)) {
        slowdown.wrong(clientOf(c))
        return c.html(signInPage({ next, who, isWrong: true }), 401)
      }
      slowdown.right(clientOf(c))
      const name = who.trim().slice(0, 20) || '未署名'
      const until = now() + SIGNED_IN_MS
      await setSignedCookie(c, COOKIE, `${until}.${encodeURIComponent(name)}`, key, {
        path: '/desk',
        httpOnly: true,
        sameSite: 'Lax',
        secure: c.req.header('x-forwarded-proto') === 'https',
        maxAge: SIGNED_IN_MS / 1000,
      })
      return c.redirect(ownPath(next))
    })
    desk.use(async (c, next) => {
      const who = await whoIs(c)
      if (who === undefined) return signInFirst(c)
      c.set('who', who)
      await next()
    })
    desk.post('/sign-out', (c) => {
      deleteCookie(c, COOKIE, { path: '/desk' })
      return c.redirect('/desk/sign-in')
    })
  }

  const [first] = rooms.keys()
  desk.get('/', (c) => c.redirect(`/desk/${first}`))
  for (const [name, room] of rooms) desk.route(`/${name}`, room)
  return desk

  async function whoIs(c: Context): Promise<string | undefined> {
    const value = await getSignedCookie(c, key, COOKIE)
    if (!value) return undefined
    const [until, who = ''] = value.split('.')
    return Number(until) > now() ? decodeURIComponent(who) : undefined
  }
}

/** Somebody who was signed out meanwhile comes back to where they were. */
function signInFirst(c: Context) {
  const next = c.req.method === 'GET' ? new URL(c.req.url) : undefined
  const query = next ? `?next=${encodeURIComponent(next.pathname + next.search)}` : ''
  return c.redirect(`/desk/sign-in${query}`, 303)
}

/** Only to pages of the desk, never to another host. */
function ownPath(next: string | undefined): string {
  const url = URL.parse(next || '/desk', 'http://desk')
  const isOurs = url?.host === 'desk' && /^\/desk(?:\/|$)/.test(url.pathname)
  return isOurs ? url.pathname + url.search : '/desk'
}
