import { Hono } from 'hono'

/** Whether search engines may list what is served. */
export type Robots = 'index' | 'noindex'

const TEXT: Readonly<Record<Robots, string>> = {
  index: 'User-agent: *\nDisallow: /desk\nDisallow: /api\nDisallow: /chat\nDisallow: /?\n',
  noindex: 'User-agent: *\nDisallow: /\n',
}

/** Tells search engines where they may look. */
export const robotsFile = (robots: Robots) =>
  new Hono().get('/robots.txt', (c) => c.text(TEXT[robots]))
