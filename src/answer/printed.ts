/** How a reader is told where, when and by which paper something was printed. */
import type { Citation } from '../corpus.ts'

export type Printed = Pick<Citation, 'headline' | 'publication' | 'date' | 'place'>

const SEPARATOR = ' · '

/** The headline, or that the paper printed none. */
export function titleOf({ headline }: Pick<Printed, 'headline'>): string {
  return headline ? `《${headline}》` : '（原文无标题）'
}

/** Paper and issue, the whole date and the place: 濮阳日报 · 2022年10月（推断） · 濮阳市台前县 */
export function detailsOf({ publication, date, place }: Omit<Printed, 'headline'>): string {
  const { name, issue } = publication
  const guessed = guessedOf(publication, date)
  return joined([
    name ? `${name}${issue ? ` ${issue}` : ''}${noted([guessed.paper])}` : '报纸名未印出',
    date.value ? `${inWords(date.value)}${noted([guessed.date, guessed.both])}` : '日期不详',
    placeText(place),
  ])
}

/** The same to the month, place first, as a head: 濮阳市 · 2022年10月（两年多前） · 濮阳日报（均为推断） */
export function headOf(
  { publication, date, place }: Omit<Printed, 'headline'>,
  today: string,
): string {
  const { name } = publication
  const guessed = guessedOf(publication, date)
  const month = date.value?.slice(0, 'YYYY-MM'.length)
  return joined([
    placeText(place),
    month ? `${inWords(month)}${noted([guessed.date, ageOf(date.value!, today)])}` : '日期不详',
    name ? `${name}${noted([guessed.paper, guessed.both])}` : '',
  ])
}

/** What was inferred and not printed; one note for both stands behind the second of them. */
function guessedOf(publication: Printed['publication'], date: Printed['date']) {
  const paper = publication.inferred && publication.name !== null
  const day = date.inferred && date.value !== null
  return {
    paper: paper && !day ? '推断' : '',
    date: day && !paper ? '推断' : '',
    both: paper && day ? '均为推断' : '',
  }
}

const OLD_YEARS = 2
const YEAR_WORDS = Array.from('零一两三四五六七八九十')

/**
 * How long ago something older than two years was printed, in whole years. Where the day or the month
 * is not known, from the last that it can have been, so that nothing is called older than it is.
 */
function ageOf(printed: string, today: string): string {
  const [year = '', month = '12', day = '31'] = printed.split('-')
  const anniversary = `${month}-${day}`
  const hasPassed = today.slice('YYYY-'.length) > anniversary
  const years = Number(today.slice(0, 'YYYY'.length)) - Number(year) - (hasPassed ? 0 : 1)
  return years >= OLD_YEARS ? `${YEAR_WORDS[years] ?? years}年多前` : ''
}

/** Whether one date is surely later than another; of 2022 and 2022-10 neither is. */
export function isNewer(date: string | null, than: string | null): boolean {
  return date !== null && than !== null && date > `${than}-99`
}

/** 2022年10月, as far as the date goes. */
export function inWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return [`${year}年`, month && `${month}月`, day && `${day}日`].filter(Boolean).join('')
}

/** City and county; the province where nothing closer is known. */
export function placeText(place: readonly string[]): string {
  const within = place.filter((name) => !/(?:省|自治区)$/u.test(name))
  return (within.length > 0 ? within : place).slice(-2).join('')
}

function noted(notes: readonly string[]): string {
  const said = notes.filter(Boolean)
  return said.length > 0 ? `（${said.join('，')}）` : ''
}

const joined = (parts: readonly string[]) => parts.filter(Boolean).join(SEPARATOR)
