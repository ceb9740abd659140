import { clock } from './clock.ts'

const TIME_ZONE = 'Asia/Shanghai'
const dayFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE })
const timeFormat = new Intl.DateTimeFormat('zh-CN', {
  timeZone: TIME_ZONE,
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})

const shortFormat = new Intl.DateTimeFormat('zh-CN', {
  timeZone: TIME_ZONE,
  month: 'numeric',
  day: 'numeric',
})

/** The day in China, YYYY-MM-DD; times are milliseconds since 1970. */
export const chinaDay = (at: number) => dayFormat.format(at)

/** Today in China, YYYY-MM-DD. */
export const chinaToday = () => chinaDay(clock.now())

/** A day in China in a list: 11/22. */
export const chinaShortDay = (at: number) => shortFormat.format(at)

/** A time in China as a reader says it: 11月22日 08:30. */
export const chinaTime = (at: number) => timeFormat.format(at)
