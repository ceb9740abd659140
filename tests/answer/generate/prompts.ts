import { readPrompt } from '../../../src/prompts.ts'

/** The prompts of the project, as the writer wires them. */
export const PROMPTS = {
  answer: readPrompt('answer'),
  repair: readPrompt('answer-repair'),
  again: readPrompt('answer-again'),
}
