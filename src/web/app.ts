import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { apology } from '../answer/reply.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { IndexUnavailableError } from '../retrieval/index-unavailable.ts'
import { type Door, newRequest, requestNamed, serving } from '../served.ts'
import { assets } from './assets.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import { WRITTEN_STYLES } from './source-page.ts'

export interface AppDeps {
  readonly log: Logger
  readonly metrics?: Pick<Metrics, 'http'>
}

/**
 * What every page has: a name for each request, headers that let nothing in that is not ours, style
 * sheets, and pages for what goes wrong. Doors are mounted on it.
 */
export function createApp({ log, metrics }: AppDeps): Hono {
  const app = new Hono()
  app.use(named(log, metrics))
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'", ...WRITTEN_STYLES.map(({ hash }) => hash)],
        scriptSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      // With none at all, browsers hide from us that a form is ours, too.
      referrerPolicy: 'same-origin',
      xFrameOptions: 'DENY',
      // Whether all hosts below this one speak https is for whoever runs them to know.
      strictTransportSecurity: false,
    }),
  )
  app.route('/', assets)
  app.notFound((c) => c.html(errorPage('没有这一页', '网址可能有误，或者这一页已经不在了。'), 404))
  app.onError((error, c) => {
    if (error instanceof HTTPException) {
      const why =
        error.status === 403
          ? '这个表单不是从本站的页面提交的，什么也没有改。'
          : '送来的内容读不出来，什么也没有改，请再试一次。'
      return c.html(errorPage('没有做成', why), error.status)
    }
    const isAway = error instanceof IndexUnavailableError
    log.error({ err: error, route: routeOf(c) }, 'a page could not be made')
    const status: ContentfulStatusCode = isAway ? 503 : 500
    return c.html(
      isAway
        ? errorPage('暂时打不开', '检索服务暂时连不上，请稍后再试。')
        : errorPage('出错了', apology()),
      status,
    )
  })
  return app
}

/**
 * Serves each request under a name that is in all that is logged for it: one that a proxy gave it, or a new
 * one. What is asked for may hold what people wrote, so the log has its route alone.
 */
function named(log: Logger, metrics: AppDeps['metrics']): MiddlewareHandler {
  return (c, next) => {
    const request = requestNamed(c.req.header('x-request-id')) ?? newRequest()
    const door = DOORS.get(c.req.path.split('/')[1] ?? '') ?? 'web'
    return serving({ request, door }, async () => {
      const began = performance.now()
      await next()
      c.header('x-request-id', request)
      const ms = performance.now() - began
      metrics?.http(door, c.res.status, ms / 1000)
      const { method } = c.req
      log.debug({ method, route: routeOf(c), status: c.res.status, ms: Math.round(ms) }, 'served')
    })
  }
}

const DOORS: ReadonlyMap<string, Door> = new Map([
  ['chat', 'chat'],
  ['api', 'api'],
  ['desk', 'desk'],
])

/** The pattern that an address fits, never the address. */
export const routeOf = (c: Context): string => routePath(c, -1)

/** A page that says what went wrong, and where to go from there. */
export function errorPage(title: string, sentence: string) {
  return page({
    title,
    main: html`<h1>${title}</h1><p>${sentence}</p><p><a href="/">看收录的报道</a></p>`,
  })
}
