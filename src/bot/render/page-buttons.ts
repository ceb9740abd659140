import type { InlineKeyboardButton } from 'grammy/types'

/** Buttons to the pages before and after, counted from 0, of those that there are. */
export function pageButtons(
  page: number,
  more: boolean,
  turn: (to: number) => string,
): InlineKeyboardButton[] {
  return [
    ...(page > 0 ? [{ text: '‹ 上一页', callback_data: turn(page - 1) }] : []),
    ...(more ? [{ text: '下一页 ›', callback_data: turn(page + 1) }] : []),
  ]
}
