// Answers come into the page as they are told; without this, every form works by itself.
const log = document.getElementById('log')
const coming = document.getElementById('coming')
const fault = document.getElementById('fault')
const field = document.getElementById('question')
let isAsking = false

document.addEventListener('submit', (event) => {
  const form = event.target
  const does = form.matches('.asks') ? ask : form.matches('.stays') ? stay : undefined
  if (!does) return
  event.preventDefault()
  void does(form, new URLSearchParams(new FormData(form, event.submitter)))
})

// While a word is being put together, Enter chooses its characters.
field.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  field.form.requestSubmit()
})

async function ask(form, body) {
  if (isAsking) return
  isAsking = true
  say('')
  const question = body.get('question')
  const typed = form.contains(field)
  let isThere = false
  if (typed) field.value = ''
  try {
    const headers = { accept: 'text/event-stream' }
    const response = await fetch(form.action, { method: 'POST', body, headers })
    const type = response.headers.get('content-type') ?? ''
    if (type.startsWith('text/plain')) throw new Refused(await response.text())
    for await (const { event, data } of eventsOf(response.body)) {
      if (event === 'refused') throw new Refused(data)
      if (event === 'coming') {
        coming.innerHTML = data
        coming.scrollIntoView({ block: 'end' })
      }
      if (event === 'answer') {
        coming.replaceChildren()
        log.insertAdjacentHTML('beforeend', data)
        log.lastElementChild.scrollIntoView({ block: 'start' })
        isThere = true
      }
    }
    if (!isThere) throw new Error('The stream ended early')
  } catch (error) {
    say(error instanceof Refused ? error.message : fault.dataset.offline)
    if (typed && field.value === '') field.value = question
  } finally {
    coming.replaceChildren()
    isAsking = false
  }
}

/** Does what a form does, and puts what became of the part around it in its place. */
async function stay(form, body) {
  const part = form.closest('[id]')
  try {
    const response = await fetch(form.action, { method: 'POST', body })
    const made = new DOMParser().parseFromString(await response.text(), 'text/html')
    say(made.getElementById('fault')?.textContent ?? '')
    const fresh = made.getElementById(part.id)
    if (!response.ok || !fresh) return
    part.replaceWith(fresh)
    for (const goesOn of ['textarea', '[aria-pressed=true]', 'summary'])
      if (fresh.querySelector(goesOn)) return fresh.querySelector(goesOn).focus()
  } catch {
    say(fault.dataset.offline)
  }
}

function say(sentence) {
  fault.textContent = sentence
  fault.hidden = sentence === ''
}

class Refused extends Error {}

async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  for (let text = ''; ;) {
    const { done, value } = await reader.read()
    if (done) return
    const whole = (text + value).split('\n\n')
    text = whole.pop()
    for (const one of whole) {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(one) ?? []
      if (event) yield { event, data: JSON.parse(data) }
    }
  }
}
