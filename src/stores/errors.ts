/**
 * Says that nothing can be written to a store just now, also after others were waited for; what was to be
 * written may be tried again as it is. `isHeld`: others write, and there is room.
 */
export class UnwritableError extends Error {
  override readonly name = 'UnwritableError'
  readonly isHeld: boolean

  constructor(message: string, { isHeld, cause }: { isHeld: boolean; cause?: unknown }) {
    super(message, { cause })
    this.isHeld = isHeld
  }
}
