// Keys 1 to 5 judge; a click takes a sentence, a second one narrows it to a piece; within an article,
// arrows go from piece to piece and Tab leaves it. All of it goes without this.
document.documentElement.classList.add('quick')
const form = document.getElementById('judging')
const isTyping = (target) =>
  target instanceof HTMLElement && target.matches('input:not([type="checkbox"]), textarea, select')

document.addEventListener('keydown', (event) => {
  // A key that is held judges one answer.
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return
  const button = /^[1-5]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`)
  if (!button) return
  event.preventDefault()
  form.requestSubmit(button)
})

/** A mouse that moves further than this while it is pressed selects words, in pixels. */
const FURTHEST_CLICK = 5

for (const text of document.querySelectorAll('[data-pieces]')) {
  const pieces = [...text.querySelectorAll('[name="piece"]')]
  const told = text.querySelector('.told input')
  for (const piece of pieces) piece.tabIndex = -1
  const first = told ?? pieces[0]
  if (first) first.tabIndex = 0
  text.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    const next = step && pieces[pieces.indexOf(event.target) + step]
    if (!next) return
    event.preventDefault()
    event.target.tabIndex = -1
    next.tabIndex = 0
    next.focus()
  })
  // Whoever selects words to copy them ticks nothing.
  let down
  text.addEventListener('mousedown', (event) => {
    down = event
  })
  text.addEventListener('click', (event) => {
    const moved = Math.hypot(event.clientX - down?.clientX, event.clientY - down?.clientY)
    if (event.target.matches('.piece') && moved > FURTHEST_CLICK) event.preventDefault()
  })
}

document.addEventListener('change', ({ target }) => {
  if (target.name === 'piece' && target.checked) {
    const sentence = target.closest('.sentence')
    const whole = sentence.querySelector('.whole')
    const isFirst = sentence.querySelectorAll('[name="piece"]:checked').length === 1
    target.checked = whole.checked || !isFirst
    whole.checked = !target.checked
  }
  listTicks()
})

const ticks = document.querySelector('.ticks')
function listTicks() {
  const ticked = document.querySelectorAll(
    '[form="judging"]:is([name="sentence"], [name="piece"], [name="extra"]):checked',
  )
  ticks.replaceChildren(
    ...Array.from(ticked, (input) => {
      const item = document.createElement('li')
      const words = document.createElement('q')
      words.textContent =
        input.dataset.words ?? input.closest(`.${input.name}`).textContent.replaceAll('\n', '')
      const away = document.createElement('button')
      away.type = 'button'
      away.textContent = '✕'
      away.ariaLabel = '去掉'
      away.addEventListener('click', () => {
        input.checked = false
        listTicks()
      })
      item.append(ticks.dataset[input.name], words, away)
      return item
    }),
  )
}
listTicks()

// What was looked for, or else what is told, is in sight at once, in the articles' own column.
const column = document.querySelector('.articles')
const first =
  column.querySelector('.sentence.sought') ??
  (location.hash ? null : (column.querySelector('mark .told') ?? column.querySelector('.nearly')))
if (first && column.scrollHeight > column.clientHeight)
  column.scrollTop += first.getBoundingClientRect().top - column.getBoundingClientRect().top - 200
