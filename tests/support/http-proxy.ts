/** An HTTP proxy on this machine, which leads every host to one server, or refuses all. */
import { type IncomingMessage, createServer, request } from 'node:http'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'

/** Notes which hosts are asked for and what is said to it; `to` is the port of the server that all of them are. */
export async function httpProxy({ to, refuses = false }: { to: number; refuses?: boolean }) {
  const hosts: string[] = []
  const said: (string | undefined)[] = []
  const note = (host: string, { headers }: IncomingMessage) => {
    hosts.push(host)
    said.push(headers['proxy-authorization'])
  }
  const server = createServer((asked, response) => {
    note(new URL(asked.url ?? '').host, asked)
    if (refuses) return void response.writeHead(407).end()
    const { pathname: path } = new URL(asked.url ?? '')
    const { method, headers } = asked
    const onward = request({ port: to, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    asked.pipe(onward)
  })
  server.on('connect', (asked, socket) => {
    note(asked.url ?? '', asked)
    socket.on('error', () => {})
    if (refuses) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const onward = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The proxy has no port')
  return { port: address.port, hosts, said }
}
