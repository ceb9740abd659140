import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Logger } from '../log.ts'
import { IndexUnavailableError } from '../retrieval/index-unavailable.ts'
import { assets } from './assets.ts'
import { html } from './html.ts'
import { page } from './page.ts'

export interface AppDeps {
  /** Why questions cannot be answered just now, in a sentence; nothing when they can. */
  readonly whyNotReady: () => Promise<string | undefined>
  readonly log: Logger
}

/**
 * What every page has: headers that let nothing in that is not ours, style sheets, pages for what goes
 * wrong, and whether it is alive (/healthz) and can answer (/readyz). Doors are mounted on it.
 */
export function createApp({ whyNotReady, log }: AppDeps): Hono {
  const app = new Hono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
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
  app.get('/healthz', (c) => c.text('ok'))
  app.get('/readyz', async (c) => {
    const why = await whyNotReady()
    return why === undefined ? c.text('ready') : c.text(why, 503)
  })
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
    log.error({ err: error, path: c.req.path }, 'a page could not be made')
    const status: ContentfulStatusCode = isAway ? 503 : 500
    return c.html(
      isAway
        ? errorPage('暂时打不开', '检索服务暂时连不上，请稍后再试。')
        : errorPage('出错了', '系统暂时出错，请稍后再试。'),
      status,
    )
  })
  return app
}

/** A page that says what went wrong, and where to go from there. */
export function errorPage(title: string, sentence: string) {
  return page({
    title,
    main: html`<h1>${title}</h1><p>${sentence}</p><p><a href="/">看收录的报道</a></p>`,
  })
}
