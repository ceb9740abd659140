import { GrammyError, HttpError } from 'grammy'
import { whyUnreached } from '../endpoint/unreached.ts'

/** An error as it may be logged: no request bodies, which hold what people wrote, and no token. */
export interface PlainError {
  readonly name: string
  readonly message: string
  readonly method?: string
  readonly code?: number
  readonly stack?: string
}

/** The token stands in every address of the Bot API, so it comes along in messages of lost connections. */
const TOKEN = /(?<=\/bot)\d+:[\w-]+|\d{3,}:[\w-]{10,}/g

export function plainError(error: unknown): PlainError {
  if (error instanceof GrammyError)
    return {
      name: error.name,
      message: redacted(error.description),
      method: error.method,
      code: error.error_code,
    }
  if (error instanceof HttpError) {
    const inner = error.error instanceof Error ? `: ${error.error.message}` : ''
    const { why } = whyUnreached(error.error)
    return { name: error.name, message: redacted(`${error.message}${inner}${why}`) }
  }
  if (error instanceof Error)
    return {
      name: error.name,
      message: redacted(error.message),
      ...(error.stack && { stack: redacted(error.stack) }),
    }
  return { name: 'Error', message: redacted(String(error)) }
}

const redacted = (text: string) => text.replaceAll(TOKEN, '<token>')
