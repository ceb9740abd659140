/** Says in one sentence that the index cannot be asked just now; it may be back at any time. */
export class IndexUnavailableError extends Error {
  override readonly name = 'IndexUnavailableError'
}

/** Says that there is no index: nothing was ingested yet, or what was is gone. */
export class NoIndexError extends IndexUnavailableError {}
