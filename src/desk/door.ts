import { createHmac } from 'node:crypto'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import { errorPage } from '../web/app.ts'
import { clientOf } from '../web/client.ts'
import { limitBody } from '../web/limit-body.ts'
import { isLoopbackName } from '../web/own-pages.ts'
import { sameSecret } from '../same-secret.ts'
import { createSlowdown } from '../web/slowdown.ts'
import { HERE } from './desk-page.ts'
import { formOf } from './form.ts'
import { signInPage } from './sign-in.ts'
import { clock } from '../clock.ts'

/** What pages behind the door know: who is signed in, by the name that they gave. */
export interface DeskEnv {
  Variables: { who: string }
}

export interface DoorDeps {
  /** What staff sign in with; without one, whoever is at this machine is let in, and nobody else. */
  readonly token: string | undefined
  /** A secret of the installation: cookies signed with it are ours. */
  readonly secret: string
  /** Whether people reach it by https alone. */
  readonly isSecure?: boolean
  readonly now?: () => number
}

export interface Door {
  /** Lets in who is signed in; others are asked to, and come back to where they wanted to go. */
  readonly staffOnly: MiddlewareHandler<DeskEnv>
  /** Where one signs in and out, below /desk. */
  readonly signing: Hono<DeskEnv>
}

/** A stranger's form is read before anything is known of them: a megabyte of fields takes half a minute. */
const MOST_BYTES = 8_000
const COOKIE = 'wence-desk'
const SIGNED_IN_MS = 12 * 3600 * 1000
const LONGEST_NAME = 20
const UNNAMED = '未署名'

/** The door of what staff alone may see. */
export function createDoor({ token, secret, isSecure = false, now = clock.now }: DoorDeps): Door {
  if (token === undefined) return { staffOnly: thisMachineOnly, signing: new Hono() }
  const slowdown = createSlowdown(now)
  // A new token makes the cookies of the old one worthless.
  const key = createHmac('sha256', secret).update(token).digest('base64url')
  const signing = new Hono<DeskEnv>()
    .get('/sign-in', (c) => c.html(signInPage({ next: c.req.query('next') })))
    .post('/sign-in', limitBody(MOST_BYTES), async (c) => {
      const wait = slowdown.wait(clientOf(c))
      const field = await formOf(c)
      const [given, who, next] = [field('token'), field('who'), field('next')]
      if (wait > 0) {
        c.header('retry-after', String(Math.ceil(wait / 1000)))
        return c.html(signInPage({ next, who, waitMs: wait }), 429)
      }
      if (!sameSecret(given, token)) {
        slowdown.wrong(clientOf(c))
        return c.html(signInPage({ next, who, isWrong: true }), 401)
      }
      slowdown.right(clientOf(c))
      const until = now() + SIGNED_IN_MS
      await setSignedCookie(c, COOKIE, `${until}.${encodeURIComponent(nameOf(who))}`, key, {
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: isSecure || c.req.header('x-forwarded-proto') === 'https',
        maxAge: SIGNED_IN_MS / 1000,
      })
      return c.redirect(ownPath(next))
    })
    .post('/sign-out', (c) => {
      deleteCookie(c, COOKIE, { path: '/' })
      return c.redirect('/desk/sign-in')
    })

  return {
    signing,
    async staffOnly(c, next) {
      const value = await getSignedCookie(c, key, COOKIE)
      const [, until, who = ''] = /^(\d+)\.(.*)$/.exec(value || '') ?? []
      if (until === undefined || Number(until) <= now()) return signInFirst(c)
      c.set('who', decodeURIComponent(who))
      await next()
    },
  }
}

/** Lets in who is at this machine, by a name of its own: another would let a foreign page in by its own name. */
export const thisMachineOnly: MiddlewareHandler<DeskEnv> = async (c, next) => {
  if (!isLoopbackName(c)) return c.html(errorPage('打不开', '这里只能在本机打开。'), 403)
  c.set('who', HERE)
  await next()
}

/** A name as it is noted: whole letters, and nobody's who needs none. */
function nameOf(given: string): string {
  const name = Array.from(given.toWellFormed().trim()).slice(0, LONGEST_NAME).join('')
  return name === '' || name === HERE ? UNNAMED : name
}

/** Somebody who was signed out meanwhile comes back to where they were. */
function signInFirst(c: Context) {
  const next = c.req.method === 'GET' ? new URL(c.req.url) : undefined
  const query = next ? `?next=${encodeURIComponent(next.pathname + next.search)}` : ''
  return c.redirect(`/desk/sign-in${query}`, 303)
}

/** Only to pages of ours, never to another host. */
function ownPath(next: string): string {
  const url = URL.parse(next || '/desk', 'http://desk')
  return url?.origin === 'http://desk' ? url.pathname + url.search : '/desk'
}
