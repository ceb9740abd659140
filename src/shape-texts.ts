/**
 * What a person is told of a value that has not the shape that is expected. Whoever lets people see
 * what a validator says imports this, and its own texts are never seen.
 */
import { z } from 'zod'

const THINGS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}
const FORMATS: Readonly<Record<string, string>> = {
  date: 'a day, as in 2026-01-31',
  datetime: 'a time, as in 2026-01-31T08:30:00Z',
  url: 'an address, as in https://example.org',
}
/** How much there is of something that is counted, and not a number itself. */
const COUNTED: Readonly<Record<string, readonly [one: string, more: string]>> = {
  string: ['letter', 'letters'],
  array: ['item', 'items'],
}

const amount = (origin: string, n: number | bigint) => {
  const unit = COUNTED[origin]?.[Number(n) === 1 ? 0 : 1]
  return unit ? ` ${n} ${unit}` : ` ${n}`
}

const textOf: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${THINGS[issue.expected] ?? 'something else'}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) === 1) return 'must not be empty'
      return `must ${issue.origin in COUNTED ? 'have' : 'be'} ${issue.inclusive ? 'at least' : 'more than'}${amount(issue.origin, issue.minimum)}`
    case 'too_big':
      return `must ${issue.origin in COUNTED ? 'have' : 'be'} ${issue.inclusive ? 'at most' : 'less than'}${amount(issue.origin, issue.maximum)}`
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? 'written otherwise'}`
    case 'unrecognized_keys':
      return `has what is not known here: ${issue.keys.join(', ')}`
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return 'is not what is expected'
  }
}

z.config({ customError: textOf })
