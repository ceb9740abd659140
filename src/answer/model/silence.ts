/** A signal that fires when nothing was heard for a while; `heard` starts the while anew. */
export function createSilence(silenceMs: number) {
  const controller = new AbortController()
  let timer = setTimeout(fire, silenceMs)
  function fire() {
    controller.abort(new DOMException('Nothing was heard', 'TimeoutError'))
  }
  return {
    signal: controller.signal,
    heard() {
      clearTimeout(timer)
      timer = setTimeout(fire, silenceMs)
    },
    end: () => clearTimeout(timer),
  }
}
