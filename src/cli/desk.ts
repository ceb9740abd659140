import { createLog } from '../log.ts'
import { aborted, stopSignal } from '../stop-signal.ts'
import { command } from './command.ts'
import { checkHttp, openHttp } from './open-http.ts'
import { openEngine } from './open.ts'
import { openOperations } from './operations.ts'

const usage = `npm run desk   the pages of the sources, the staff's desk and the API, on this machine alone

Prints the address to open; Ctrl+C ends it. PORT sets the port.`

await command({ usage, options: {} }, async ({ config }) => {
  const log = createLog(config.LOG_LEVEL ?? 'warn')
  await checkHttp(config, { isLocal: true })
  const operations = openOperations(log)
  const engine = await openEngine(config, log, operations)
  try {
    const stop = stopSignal()
    const http = await openHttp({ config, engine, log, operations, isLocal: true })
    console.log(`工作台 http://127.0.0.1:${http.port}/desk`)
    console.log(`报道 http://127.0.0.1:${http.port}/`)
    console.log(`接口 http://127.0.0.1:${http.port}/api/openapi.json`)
    if (config.WEB_CHAT) console.log(`网页提问 http://127.0.0.1:${http.port}/chat`)
    await aborted(stop)
    await http.close()
  } finally {
    await engine.close()
  }
})
