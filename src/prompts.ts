import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { faultIn } from './parse-json.ts'

export interface Message {
  readonly role: 'system' | 'user'
  readonly content: string
}

/** A prompt as its file has it: messages with `{{input}}` where an input goes. */
export interface Prompt {
  readonly name: string
  readonly version: number
  readonly inputs: readonly string[]
  readonly messages: readonly Message[]
}

const Head = z.strictObject({
  name: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case words joined by -'),
  version: z
    .string()
    .regex(/^[1-9]\d*$/, 'must be a whole number from 1')
    .transform(Number),
  inputs: z.string().transform((list) =>
    list
      .split(',')
      .map((input) => input.trim())
      .filter(Boolean),
  ),
})

const FILE = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/
const ROLE = /^# (system|user)$/gm
const INPUT = /\{\{\s*([a-z]+)\s*\}\}/g

/**
 * Reads a prompt's file: a head of `name`, `version` and `inputs` between two `---`, then messages,
 * each under `# system` or `# user`.
 * @throws Error when the head is not exactly that, or declares other inputs than the messages use.
 */
export function parsePrompt(text: string): Prompt {
  const [, head, body] = FILE.exec(text.replaceAll('\r\n', '\n')) ?? []
  if (head === undefined || body === undefined) {
    throw new Error('A prompt starts with its head between two lines of ---')
  }
  const parsed = Head.safeParse(fields(head))
  if (!parsed.success) throw new Error(`Wrong head of a prompt: ${faultIn(parsed.error)}`)
  const prompt = { ...parsed.data, messages: messages(body) }
  if (prompt.messages.length === 0) throw new Error(`Prompt ${prompt.name} has no messages`)
  const [used, declared] = [usedInputs(prompt), new Set(prompt.inputs)]
  const differing = [...used.symmetricDifference(declared)]
  if (differing.length > 0) {
    throw new Error(
      `Prompt ${prompt.name} declares other inputs than it uses: ${differing.join(', ')}`,
    )
  }
  return prompt
}

/** Reads `prompts/NAME.md`. */
export function readPrompt(name: string): Prompt {
  return parsePrompt(readFileSync(new URL(`../prompts/${name}.md`, import.meta.url), 'utf8'))
}

/**
 * The messages with their inputs filled in; what an input says is never read as a place for another.
 * @throws Error when an input is missing.
 */
export function render(prompt: Prompt, inputs: Readonly<Record<string, string>>): Message[] {
  return prompt.messages.map(({ role, content }) => ({
    role,
    content: content.replaceAll(INPUT, (_, input: string) => {
      const value = Object.hasOwn(inputs, input) ? inputs[input] : undefined
      if (value === undefined) throw new Error(`Prompt ${prompt.name} misses its input ${input}`)
      return value
    }),
  }))
}

/** Which prompt wrote something: `answer@1`. */
export function promptVersion({ name, version }: Prompt): string {
  return `${name}@${version}`
}

function usedInputs({ messages: all }: Pick<Prompt, 'messages'>): Set<string> {
  return new Set(
    all.flatMap(({ content }) => [...content.matchAll(INPUT)].map(([, name]) => name!)),
  )
}

function fields(head: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const line of head.split('\n')) {
    const [, key, value] = /^([^:]+):(.*)$/.exec(line) ?? []
    if (key === undefined || value === undefined || Object.hasOwn(found, key)) {
      throw new Error(`Wrong line in the head of a prompt: ${line}`)
    }
    found[key] = value.trim()
  }
  return found
}

function messages(body: string): Message[] {
  const starts = [...body.matchAll(ROLE)]
  if (body.slice(0, starts[0]?.index ?? 0).trim() !== '') {
    throw new Error('A prompt has words above its first message')
  }
  return starts.map((match, i) => ({
    role: match[1] === 'system' ? 'system' : 'user',
    content: body.slice(match.index + match[0].length, starts[i + 1]?.index).trim(),
  }))
}
