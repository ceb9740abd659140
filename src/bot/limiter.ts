/**
 * A token bucket for each key: full at first, refilled evenly over a minute. Taking from a bucket
 * that holds too little gives the whole seconds until it holds enough; otherwise 0.
 */
export function createLimiter(perMinute: number, now: () => number = Date.now) {
  const buckets = new Map<number, { tokens: number; at: number }>()
  const perMs = perMinute / 60_000

  function level(key: number): number {
    const bucket = buckets.get(key)
    return bucket ? Math.min(perMinute, bucket.tokens + (now() - bucket.at) * perMs) : perMinute
  }

  /** Buckets that are full again are as good as none. */
  function prune(): void {
    for (const key of buckets.keys()) if (level(key) >= perMinute) buckets.delete(key)
  }

  return function take(key: number, cost = 1): number {
    if (buckets.size > 10_000) prune()
    const tokens = level(key)
    // Time adds up to a hair less than it should in floating point.
    if (tokens + 1e-9 < cost) return Math.max(1, Math.ceil((cost - tokens) / perMs / 1000))
    buckets.set(key, { tokens: tokens - cost, at: now() })
    return 0
  }
}

export type Limiter = ReturnType<typeof createLimiter>
