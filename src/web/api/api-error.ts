/** What each code means is said by its status and in docs/api.md; programs branch on the code. */
export const STATUSES = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
  busy: 503,
  too_slow: 503,
} as const
export type Code = keyof typeof STATUSES

/** What a program is told that cannot be served: a code and a sentence, which never says what is inside. */
export class ApiError extends Error {
  readonly code: Code
  readonly headers: Readonly<Record<string, string>>

  constructor(code: Code, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.code = code
    this.headers = headers
  }

  get status() {
    return STATUSES[this.code]
  }

  get body() {
    return { error: { code: this.code, message: this.message } }
  }
}

/** A refusal that says when to come again. */
export const later = (code: Code, message: string, seconds: number) =>
  new ApiError(code, message, { 'retry-after': String(seconds) })
