import { GrammyError, HttpError } from 'grammy'

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
    return { name: error.name, message: redacted(`${error.message}${causeOf(error)}`) }
  }
  if (error instanceof Error)
    return {
      name: error.name,
      message: redacted(error.message),
      ...(error.stack && { stack: redacted(error.stack) }),
    }
  return { name: 'Error', message: redacted(String(error)) }
}

/** Of several addresses that were tried the message says nothing, only the code. */
function causeOf({ error }: HttpError): string {
  if (!(error instanceof Error)) return ''
  const code = 'code' in error ? String(error.code) : ''
  return `: ${error.message}${error.message.includes(code) ? '' : ` (${code})`}`
}

const redacted = (text: string) => text.replaceAll(TOKEN, '<token>')
