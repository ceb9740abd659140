/** Why an endpoint cannot be reached, as far as it may be told: the code of what went wrong holds no secret. */

/** OpenSSL's words for a certificate that it does not take. */
const OF_CERTIFICATE = /CERT|_SIGNATURE$/u
const CODE = /^[A-Z][A-Z\d_]+$/u

export interface Unreached {
  /** ` (ECONNREFUSED)`, and of a certificate what to do; empty where it is not known. */
  readonly why: string
  /** Whether the same may succeed a moment later: nothing else mends a certificate. */
  readonly isPassing: boolean
}

export function whyUnreached(error: unknown): Unreached {
  const code = codeOf(error)
  if (code === undefined) return { why: '', isPassing: true }
  return OF_CERTIFICATE.test(code)
    ? { why: ` (${code}): its certificate is not trusted; ${OWN_AUTHORITY}`, isPassing: false }
    : { why: ` (${code})`, isPassing: true }
}

/** Node reads it at its start alone, so that it is too late in an `.env`. */
const OWN_AUTHORITY =
  'of an authority of your own, set NODE_EXTRA_CA_CERTS to its file in the environment, before the start'

/** The code of an error, of what caused it, or of the first of several that did. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code: unknown = Reflect.get(error, 'code')
  if (typeof code === 'string' && CODE.test(code)) return code
  return codeOf(error instanceof AggregateError ? error.errors[0] : error.cause)
}
