import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'

/** The names under which somebody and what they ask here are remembered. */
export interface Person {
  readonly user: string
  readonly chat: string
}

export interface PersonsDeps {
  /** A secret of the installation: cookies signed with it are ours. */
  readonly secret: string
  readonly pseudonym: (...what: readonly string[]) => string
  /** How long their questions are kept; 0 for no longer than the browser is open. */
  readonly keepDays: number
}

const COOKIE = 'wence-chat'
const PATH = '/chat'
const DAY_SECONDS = 24 * 3600
/** Browsers keep no cookie longer. */
const MOST_DAYS = 400

/** People without an account: each browser has a random number that only it and its cookie know. */
export function createPersons({ secret, pseudonym, keepDays }: PersonsDeps) {
  const named = (id: string): Person => ({
    user: pseudonym('web', id),
    chat: pseudonym('web chat', id),
  })
  const idOf = async (c: Context) => (await getSignedCookie(c, secret, COOKIE)) || undefined

  return {
    /** Whoever was here before. */
    async known(c: Context): Promise<Person | undefined> {
      const id = await idOf(c)
      return id === undefined ? undefined : named(id)
    },
    /** The same, or somebody new; the cookie lasts as long as what they ask now is kept. */
    async met(c: Context): Promise<Person> {
      const id = (await idOf(c)) ?? randomBytes(16).toString('base64url')
      await setSignedCookie(c, COOKIE, id, secret, {
        path: PATH,
        httpOnly: true,
        sameSite: 'Lax',
        secure: c.req.header('x-forwarded-proto') === 'https',
        ...(keepDays > 0 && { maxAge: Math.min(keepDays, MOST_DAYS) * DAY_SECONDS }),
      })
      return named(id)
    },
    forget: (c: Context): void => void deleteCookie(c, COOKIE, { path: PATH }),
  }
}
