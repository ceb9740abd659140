import { asset } from '../web/assets.ts'
import { type Html, html } from '../web/html.ts'
import { type PageOptions, page } from '../web/page.ts'

const STYLE = asset(new URL('desk.css', import.meta.url))

/** Who is signed in where nobody need sign in. */
export const HERE = '本机'

/** The rooms, in the order in which staff go through them. */
export const ROOMS = {
  ask: '提问',
  inbox: '收件箱',
  judged: '判定题',
  articles: '文章',
  words: '词表',
} as const
export type RoomName = keyof typeof ROOMS

export interface DeskPageOptions extends Omit<PageOptions, 'nav' | 'aside' | 'width'> {
  readonly room: RoomName
  readonly who: string
}

/** A page of the desk: the rooms above, and who is signed in. */
export function deskPage({ room, who, styles = [], ...options }: DeskPageOptions): Html {
  const nav = Object.entries(ROOMS).map(([name, text]) => ({
    href: `/desk/${name}`,
    text,
    isCurrent: name === room,
  }))
  return page({
    ...options,
    nav,
    aside:
      who === HERE
        ? who
        : html`<form method="post" action="/desk/sign-out">${who} <button>退出</button></form>`,
    styles: [STYLE, ...styles],
    width: 'wide',
  })
}
