// Keys 1 to 5 judge; within an article, arrows go from piece to piece and Tab leaves it. All of it
// goes without this.
const form = document.getElementById('judging')
const buttons = [...document.querySelectorAll('button[name="verdict"]')]
const isTyping = (target) =>
  target instanceof HTMLElement && target.matches('input:not([type="checkbox"]), textarea, select')

document.addEventListener('keydown', (event) => {
  // A key that is held judges one answer.
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return
  const button = buttons[Number(event.key) - 1]
  if (!button) return
  event.preventDefault()
  form.requestSubmit(button)
})

for (const text of document.querySelectorAll('[data-pieces]')) {
  const pieces = [...text.querySelectorAll('input')]
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
}

// What is told is in sight at once, in the articles' own column.
const column = document.querySelector('.articles')
const told = column?.querySelector('mark .told') ?? column?.querySelector('.nearly')
if (told && column.scrollHeight > column.clientHeight)
  column.scrollTop = told.getBoundingClientRect().top - column.getBoundingClientRect().top - 200

const count = document.querySelector('.count')
document.addEventListener('change', () => {
  const pointed = document.querySelectorAll('input[name="piece"]:checked').length
  count.textContent = pointed > 0 ? `已点 ${pointed} 处。` : ''
})
