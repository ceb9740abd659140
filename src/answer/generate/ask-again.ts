import { type Prompt, render } from '../../prompts.ts'
import type { ModelDraft } from '../verify/draft.ts'
import type { Rejection } from '../verify/verify.ts'
import type { Chat, ChatMessage, ChatRequest, Completed } from './chat.ts'
import { type Failure, failure } from './failure.ts'
import { type ReadDraft, readDraft } from './read-draft.ts'
import { problems, replaceFallen } from './repair.ts'

/** What was asked of a model, and how to ask it again. */
export interface Exchange {
  readonly chat: Chat
  readonly call: Omit<ChatRequest, 'messages' | 'onText'>
  readonly messages: readonly ChatMessage[]
}

type Unread = Extract<ReadDraft, { ok: false }>

/** The draft in what came; a cut stream is as good as a whole one when the draft in it is whole. */
export function readCompleted({ text, finish }: Completed): ReadDraft {
  return finish === 'refused'
    ? { ok: false, reason: 'empty', problem: '没有回答' }
    : readDraft(text)
}

/** Asks for the whole answer once more, where that may help: what was cut or empty is not shown to the model again. */
export async function writeAgain(
  { chat, call, messages }: Exchange,
  before: Completed,
  { reason, problem }: Unread,
  prompt: Prompt,
): Promise<{ readonly draft: ModelDraft } | Failure> {
  if (before.finish === 'refused') return failure('refused', 'The model refused to answer')
  if (before.finish === 'length') return failure('too_long', 'The answer was cut at its limit')
  const nothingToShow = before.finish === 'cut' || reason === 'empty'
  const again = await chat({
    ...call,
    messages: nothingToShow ? messages : [...messages, ...reply(before, prompt, { problem })],
  })
  if (again.status === 'failed') return again
  const read = readCompleted(again)
  if (read.ok) return read
  return again.finish === 'cut'
    ? failure('cut', 'The stream of the chat endpoint broke off')
    : failure(read.reason, 'The model did not write the JSON that it was asked for')
}

/** Asks once more for what fell, with the reasons; nothing when no correction comes that can be read. */
export async function correct(
  { chat, call, messages }: Exchange,
  before: Completed,
  draft: ModelDraft,
  fallen: readonly Rejection[],
  prompt: Prompt,
): Promise<ModelDraft | undefined> {
  const asked = reply(before, prompt, { problems: problems(fallen) })
  const again = await chat({ ...call, messages: [...messages, ...asked] })
  const read = again.status === 'completed' ? readCompleted(again) : undefined
  return read?.ok ? replaceFallen(draft, fallen, read.draft) : undefined
}

function reply(
  { text }: Completed,
  prompt: Prompt,
  inputs: Readonly<Record<string, string>>,
): ChatMessage[] {
  return [{ role: 'assistant', content: text }, ...render(prompt, inputs)]
}
