const MINUTE_MS = 60_000

/** What somebody takes, in questions: one that has to be searched for, and what is only looked up, noted or refused. */
export const COSTS = { asks: 1, looks: 0.25 } as const

/**
 * A token bucket for each key: full at first, refilled evenly over a minute. Taking from a bucket
 * that holds too little gives the whole seconds until it holds enough; otherwise 0. Times are those
 * at which people wrote, so that it counts the same whenever that is read; a minute from the last
 * one, either way, a bucket is full, so that no time can lock anybody out.
 */
export function createLimiter(perMinute: number) {
  const buckets = new Map<string | number, { tokens: number; at: number }>()
  const perMs = perMinute / MINUTE_MS

  function level(key: string | number, at: number): number {
    const bucket = buckets.get(key)
    const passed = bucket ? at - bucket.at : MINUTE_MS
    if (!bucket || Math.abs(passed) >= MINUTE_MS) return perMinute
    return Math.min(perMinute, bucket.tokens + Math.max(0, passed) * perMs)
  }

  /** Buckets that are full again are as good as none. */
  function prune(at: number): void {
    for (const key of buckets.keys()) if (level(key, at) >= perMinute) buckets.delete(key)
  }

  return function take(key: string | number, at: number, cost = 1): number {
    if (buckets.size > 10_000) prune(at)
    const tokens = level(key, at)
    // Time adds up to a hair less than it should in floating point.
    if (tokens + 1e-9 < cost) return Math.max(1, Math.ceil((cost - tokens) / perMs / 1000))
    const last = buckets.get(key)?.at ?? at
    const isLate = at < last && last - at < MINUTE_MS
    buckets.set(key, { tokens: tokens - cost, at: isLate ? last : at })
    return 0
  }
}

export type Limiter = ReturnType<typeof createLimiter>
