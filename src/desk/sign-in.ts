import { type Html, html } from '../web/html.ts'
import { page } from '../web/page.ts'

export interface SignInGiven {
  readonly next?: string | undefined
  readonly who?: string | undefined
  readonly isWrong?: boolean
  /** How long to wait after wrong tries, in milliseconds. */
  readonly waitMs?: number
}

/** Where staff sign in. */
export function signInPage({
  next = '',
  who = '',
  isWrong = false,
  waitMs = 0,
}: SignInGiven): Html {
  const fault = isWrong
    ? '口令不对。'
    : waitMs > 0
      ? `试错的次数多了，请等 ${Math.ceil(waitMs / 1000)} 秒再试。`
      : ''
  return page({
    title: '登录工作台',
    nav: [{ href: '/desk/sign-in', text: '工作台', isCurrent: true }],
    main: html`<h1>登录工作台</h1>
${fault && html`<p class="notice" role="alert">${fault}</p>`}
<form method="post" action="/desk/sign-in">
<input type="hidden" name="next" value="${next}">
<label for="who">您的名字（记在判定和备注里）</label>
<input id="who" name="who" value="${who}" maxlength="20" autocomplete="name">
<label for="token">口令（设置里的 DESK_TOKEN）</label>
<input id="token" name="token" type="password" required autocomplete="current-password">
<p><button class="main">登录</button></p>
</form>`,
  })
}
