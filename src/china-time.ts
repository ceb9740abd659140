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
const hourFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  hour: '2-digit',
  hourCycle: 'h23',
})

const stampFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: TIME_ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
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

/** The hour of the day in China, 0 to 23. */
export const chinaHour = (at: number) => Number(hourFormat.format(at))

/** A time in China as a reader says it: 11月22日 08:30. */
export const chinaTime = (at: number) => timeFormat.format(at)

/** A time in China that sorts and may stand in a file's name: 2026-11-26-083000. */
export const chinaStamp = (at: number) =>
  stampFormat.format(at).replaceAll(':', '').replace(' ', '-')
