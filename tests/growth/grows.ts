/** How long something takes as what it is given grows. */

export interface Growth {
  /** Milliseconds of processor time for each length. */
  readonly ms: readonly number[]
  /** How many times as long the last length takes as the first. */
  readonly ratio: number
}

/** So many times a doubtful measurement is made again: other work on the machine makes nothing faster. */
const TRIES = 6
/** Milliseconds; what takes less may be anything's. */
const FLOOR = 40

/**
 * Runs something on texts of some lengths, the shortest first. What grows with the length takes as many
 * times as long as the text is longer; `grows` says whether it took more than that by far (as the length
 * to the power of 1.5), in the best of several runs.
 */
export async function measure(
  run: (length: number, salt: string) => unknown,
  lengths: readonly number[],
): Promise<Growth & { readonly grows: boolean }> {
  let best = lengths.map(() => Infinity)
  for (let k = 0; k < TRIES; k++) {
    for (const [i, length] of lengths.entries()) {
      const start = process.cpuUsage()
      await run(length, String.fromCodePoint(0x4e00 + 16 * k))
      const { user, system } = process.cpuUsage(start)
      best = best.with(i, Math.min(best[i]!, (user + system) / 1000))
    }
    if (!growsFast(best, lengths)) break
  }
  return { ms: best, ratio: best.at(-1)! / best[0]!, grows: growsFast(best, lengths) }
}

function growsFast(ms: readonly number[], lengths: readonly number[]): boolean {
  const most = (lengths.at(-1)! / lengths[0]!) ** 1.5
  return ms.at(-1)! > Math.max(FLOOR, most * ms[0]!)
}
