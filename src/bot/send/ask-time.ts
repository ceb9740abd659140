const ASK_MS = 5_000

/** What time a server says it is, in milliseconds since 1970; nothing when it does not say. */
export async function askTime(root: string): Promise<number | undefined> {
  try {
    const { headers } = await fetch(root, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(ASK_MS),
    })
    const at = Date.parse(headers.get('date') ?? '')
    return Number.isNaN(at) ? undefined : at
  } catch {
    return undefined
  }
}
