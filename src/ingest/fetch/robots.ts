/** What a site's robots.txt allows us. */
export interface Robots {
  /** Whether a path, with its query, may be asked for. */
  readonly isAllowed: (path: string) => boolean
  /** How long it wants us to wait between two requests, in ms, or 0. */
  readonly delayMs: number
}

interface Rule {
  readonly pattern: string
  readonly allows: boolean
}

/**
 * Reads a robots.txt as RFC 9309 says: the groups that name us, else those for everybody; of the rules
 * that fit a path the longest, of equally long ones the one that allows. `Crawl-delay` is no part of
 * that, and kept all the same.
 */
export function readRobots(text: string, product: string): Robots {
  const groups = new Map<string, { rules: Rule[]; delayMs: number }>()
  let named: string[] = []
  let isNaming = false
  for (const line of text.split(/\r\n|\r|\n/u)) {
    const [said = ''] = line.split('#', 1)
    const colon = Math.max(0, said.indexOf(':'))
    const name = said.slice(0, colon).trim().toLowerCase()
    const value = said.slice(colon + 1).trim()
    if (name === 'user-agent') {
      if (!isNaming) named = []
      isNaming = true
      const agent = value === '*' ? '*' : (/^[a-z_-]+/iu.exec(value)?.[0].toLowerCase() ?? '')
      // Of thousands of names two are of interest.
      if ((agent === '*' || agent === product) && !named.includes(agent)) named.push(agent)
      continue
    }
    if (name === '') continue
    isNaming = false
    for (const agent of named) {
      const group = groups.get(agent) ?? { rules: [], delayMs: 0 }
      groups.set(agent, group)
      if (name === 'crawl-delay') group.delayMs = 1000 * (Number(value) || 0)
      // Nothing disallowed is everything allowed.
      else if ((name === 'allow' || name === 'disallow') && value !== '')
        group.rules.push({ pattern: normal(value), allows: name === 'allow' })
    }
  }
  const { rules, delayMs } = groups.get(product) ?? groups.get('*') ?? { rules: [], delayMs: 0 }
  return {
    delayMs: Math.max(0, delayMs),
    isAllowed(path) {
      const asked = normal(path)
      let best: Rule | undefined
      for (const rule of rules) {
        const { length } = best?.pattern ?? ''
        const isBetter =
          rule.pattern.length > length || (rule.allows && rule.pattern.length === length)
        if (isBetter && fits(rule.pattern, asked)) best = rule
      }
      return best?.allows ?? true
    },
  }
}

/** `%e4` and `%E4` and the letter itself are the same. */
function normal(path: string): string {
  const encoded = path.toWellFormed().replaceAll(/[^!-~]/gu, (letter) => encodeURIComponent(letter))
  return encoded.replaceAll(/%[0-9a-f]{2}/giu, (code) => code.toUpperCase())
}

/** Whether a path begins as a pattern says: `*` is anything, `$` at its end the path's end. Takes no longer than both are long together, for each part. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$')
  const [first = '', ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split('*')
  if (!path.startsWith(first)) return false
  let at = first.length
  const last = isWhole ? parts.pop() : undefined
  // The first place that fits leaves most for those behind.
  for (const part of parts) {
    const found = path.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  if (!isWhole) return true
  return last === undefined
    ? at === path.length
    : path.endsWith(last) && path.length - last.length >= at
}
