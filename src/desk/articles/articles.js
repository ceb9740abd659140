// Both sides of a reading go together: what is clicked on one is brought on the other, what is scrolled
// on one scrolls the other. n and N go to the next doubt and back. All of it goes by links without this.
const panes = [...document.querySelectorAll('.explained > section')]
const otherOf = (pane) => panes.find((one) => one !== pane)
const isTyping = (target) =>
  target instanceof HTMLElement && target.matches('input, textarea, select')

const placeIn = (pane, name) => pane.querySelector(`[data-at="${CSS.escape(name)}"]`)

/** Brings a place to the height of another. */
function align(pane, place, top) {
  if (getComputedStyle(pane).overflowY !== 'auto') return
  pane.scrollTop += place.getBoundingClientRect().top - top
}

function show(place) {
  for (const one of document.querySelectorAll('.same')) one.classList.remove('same')
  const pane = place.closest('.explained > section')
  const same = placeIn(otherOf(pane), place.dataset.at)
  place.classList.add('same')
  if (!same) return
  same.classList.add('same')
  align(otherOf(pane), same, place.getBoundingClientRect().top)
}

let active
for (const pane of panes) {
  for (const type of ['pointerenter', 'focusin', 'wheel', 'touchstart'])
    pane.addEventListener(type, () => (active = pane), { passive: true })
  pane.addEventListener('click', (event) => {
    const place = event.target.closest('[data-at]')
    if (place && !event.target.closest('a, details')) show(place)
  })
  let waits = false
  pane.addEventListener('scroll', () => {
    if (waits || active !== pane) return
    waits = true
    requestAnimationFrame(() => {
      waits = false
      const top = pane.getBoundingClientRect().top
      const first = [...pane.querySelectorAll('[data-at]')].find(
        (place) => place.getBoundingClientRect().bottom > top + 8,
      )
      const same = first && placeIn(otherOf(pane), first.dataset.at)
      if (same) align(otherOf(pane), same, Math.max(first.getBoundingClientRect().top, top))
    })
  })
}

const doubts = [...document.querySelectorAll('.doubt')]
let at = -1
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  const step = { n: 1, N: -1 }[event.key]
  if (!step || doubts.length === 0) return
  event.preventDefault()
  at = (at + step + doubts.length) % doubts.length
  doubts[at].focus()
  doubts[at].scrollIntoView({ block: 'center' })
  const place = doubts[at].closest('[data-at]')
  if (place) show(place)
})
