import type { Button, Entity, Shown } from './room.ts'

/** A chat as a telephone shows it, as a page of HTML: bubbles with formatting, folded quotes and buttons. */
export function renderBubbles(messages: readonly Shown[]): string {
  return `<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>
  body { margin: 0; padding: 10px; background: #d5e0c9; font: 16px/1.35 'Noto Sans CJK SC', sans-serif; width: 370px }
  .row { display: flex; flex-direction: column; margin: 6px 0; max-width: 320px }
  .mine { margin-left: auto; align-items: flex-end }
  .bubble { background: #fff; border-radius: 14px; padding: 7px 11px; white-space: pre-wrap; overflow-wrap: anywhere }
  .mine .bubble { background: #e6fdd0 }
  .reply { border-left: 3px solid #4a9; padding-left: 6px; margin-bottom: 4px; font-size: 14px; color: #467; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
  blockquote { display: block; margin: 3px 0; padding: 3px 8px; border-left: 3px solid #3a7bd5; background: #eef4fd; border-radius: 4px; font-size: 15px }
  blockquote.folded { max-height: 62px; overflow: hidden; position: relative }
  blockquote.folded::after { content: '⌄'; position: absolute; right: 6px; bottom: 0; color: #3a7bd5 }
  .keys { display: flex; gap: 4px; margin-top: 4px; width: 320px }
  .keys span { flex: 1; background: #7d9477cc; color: #fff; border-radius: 8px; padding: 7px 2px; text-align: center; font-size: 14px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
</style>
${messages.map(renderMessage).join('\n')}</html>`
}

function renderMessage({
  from,
  text = '',
  entities = [],
  reply_to_message: asked,
  reply_markup: markup,
}: Shown): string {
  const reply = asked ? `<div class="reply">${escaped(asked.text ?? '')}</div>` : ''
  const rows = (markup?.inline_keyboard ?? []).map(renderRow).join('')
  return `<div class="row${from.is_bot ? '' : ' mine'}"><div class="bubble">${reply}${renderText(text, entities)}</div>${rows}</div>`
}

const renderRow = (row: readonly Button[]) =>
  `<div class="keys">${row.map(({ text }) => `<span>${escaped(text)}</span>`).join('')}</div>`

const TAGS: Readonly<Record<string, readonly [open: string, close: string]>> = {
  bold: ['<b>', '</b>'],
  italic: ['<i>', '</i>'],
  underline: ['<u>', '</u>'],
  blockquote: ['<blockquote>', '</blockquote>'],
  expandable_blockquote: ['<blockquote class="folded">', '</blockquote>'],
}

/** Entities lie in or beside each other, so the outer ones open first and close last. */
function renderText(text: string, entities: readonly Entity[]): string {
  const outerFirst = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
  const at = (i: number) => {
    const closing = outerFirst.filter(({ offset, length }) => offset + length === i).toReversed()
    const opening = outerFirst.filter(({ offset }) => offset === i)
    return [
      ...closing.map(({ type }) => TAGS[type]?.[1] ?? ''),
      ...opening.map(({ type }) => TAGS[type]?.[0] ?? ''),
    ].join('')
  }
  let html = ''
  for (let i = 0; i <= text.length; i++) html += at(i) + escaped(text.charAt(i))
  // A quote is a block of its own; the line break beside it is not shown twice.
  return html.replaceAll(/\n(?=<blockquote)|(?<=<\/blockquote>)\n/g, '')
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
