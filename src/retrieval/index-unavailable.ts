/** Says in one sentence that the index cannot be asked just now; it may be back at any time. */
export class IndexUnavailableError extends Error {
  override readonly name = 'IndexUnavailableError'
}
