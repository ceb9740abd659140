/** A request to an endpoint, and what may become of it. */

/** What an error may name, in the order in which one is believed: whoever names the format or the cap may name a model or a length, too. */
export const NAMES = [
  'encoding',
  'usage',
  'format',
  'cap',
  'role',
  'inspected',
  'model',
  'key',
  'quota',
  'length',
  'loading',
] as const
export type Named = (typeof NAMES)[number]

/** Why nothing came of asking a model. */
export const REASONS = [
  'budget',
  'aborted',
  'timeout',
  'silence',
  'unreachable',
  'unauthorized',
  'rate_limited',
  'server_error',
  'bad_request',
  'cut',
  'refused',
  'too_long',
  'too_much_sent',
  'empty',
  'malformed',
  'unverified',
] as const
export type FailureReason = (typeof REASONS)[number]

/** What became of one request to an endpoint; what its error names comes before its status. */
export type Outcome = 'completed' | Named | FailureReason

/** One request to an endpoint; its tokens as far as it counts them. */
export interface EndpointCall {
  readonly endpoint: 'chat' | 'embedding'
  readonly outcome: Outcome
  readonly ms: number
  readonly tokens?: { readonly prompt: number; readonly completion: number }
}

/** What an HTTP status says by itself. */
export function reasonOfStatus(status: number) {
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 429) return 'rate_limited'
  return status === 408 || status >= 500 ? 'server_error' : 'bad_request'
}
