/**
 * Maps with at most `limit` calls under way. When one fails no more are begun, those under way are
 * waited for, and the first error is thrown.
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = Array.from<R>({ length: items.length })
  const errors: unknown[] = []
  const queue = items.entries()
  const work = async () => {
    for (const [i, item] of queue) {
      if (errors.length > 0) return
      try {
        results[i] = await map(item)
      } catch (error) {
        errors.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  if (errors.length > 0) throw errors[0]
  return results
}
