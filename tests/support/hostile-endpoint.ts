/** Endpoints on this machine that do what no endpoint should, byte by byte, and one that notes what reaches it. */
import { type Socket, createServer } from 'node:net'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'

type Behaviour = (socket: Socket, elsewhere: string) => unknown

const JSON_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'
const STREAM_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n'
const kilobytes = (n: number, text = 'x') => Buffer.from(text.repeat((n * 1024) / text.length))

/** Each by what it does; every one of them holds its connection as long as it can. */
export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'hangs up at once': (socket) => socket.destroy(),
  'never answers': () => {},
  'sends half a status line': (socket) => socket.write('HTTP/1.1 2'),
  'drips its headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx: ')
    drip(socket, 'a')
  },
  'sends headers without end': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    forEver(socket, Buffer.from('x-more: and more\r\n'.repeat(1000)))
  },
  'announces an answer without end': (socket) =>
    forEver(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'.repeat(100))),
  'sends headers and no body': (socket) =>
    socket.write(`${JSON_HEAD}content-length: 1000000\r\n\r\n`),
  'drips its body': (socket) => {
    socket.write(`${JSON_HEAD}\r\n{"data":[`)
    drip(socket, ' ')
  },
  'sends spaces without end': (socket) => endless(socket, JSON_HEAD, kilobytes(64, ' ')),
  'sends a string without end': (socket) =>
    endless(socket, `${JSON_HEAD}\r\n{"data":["`, kilobytes(64)),
  'sends brackets without end': (socket) =>
    endless(socket, `${JSON_HEAD}\r\n{"data":`, kilobytes(64, '[')),
  'sends empty objects by the million': (socket) => {
    socket.write(`${JSON_HEAD}connection: close\r\n\r\n{"data":[`)
    socket.write('{},'.repeat(1_500_000))
    socket.end('{}]}')
  },
  'sends a vector of a million': (socket) => {
    socket.write(`${JSON_HEAD}connection: close\r\n\r\n{"data":[{"index":0,"embedding":[`)
    socket.write('1,'.repeat(1_000_000))
    socket.end('1]}]}')
  },
  'sends numbers that are none': (socket) =>
    whole(socket, JSON_HEAD, '{"data":[{"index":0,"embedding":[1e999,-1e999,1e-999,1]}]}'),
  'sends a bomb of gzip': (socket) => bomb(socket, 'gzip'),
  'sends a bomb of brotli': (socket) => bomb(socket, 'br'),
  'sends a line without end, in crumbs': (socket) => {
    socket.setNoDelay(true)
    endless(socket, `${STREAM_HEAD}\r\ndata: `, Buffer.from('x'.repeat(512)))
  },
  'sends remarks without end': (socket) =>
    endless(socket, STREAM_HEAD, Buffer.from(': still here\n\n'.repeat(1000))),
  'sends empty events without end': (socket) =>
    endless(socket, STREAM_HEAD, Buffer.from('data: {"choices":[]}\n\n'.repeat(1000))),
  'asks to wait for a day': (socket) =>
    whole(socket, 'HTTP/1.1 429 Too Many Requests\r\nretry-after: 86400\r\n', '{}'),
  'asks to wait for a year': (socket) =>
    whole(
      socket,
      `HTTP/1.1 503 Busy\r\nretry-after: ${new Date(Date.now() + 3e10).toUTCString()}\r\n`,
      '{}',
    ),
  'fails without end': (socket) => endless(socket, 'HTTP/1.1 500 Oops\r\n', kilobytes(64, 'no ')),
  'redirects to itself': (socket) =>
    whole(socket, 'HTTP/1.1 307 Here\r\nlocation: /v1/again\r\n', ''),
  'redirects elsewhere (302)': (socket, elsewhere) =>
    whole(socket, `HTTP/1.1 302 Found\r\nlocation: ${elsewhere}\r\n`, ''),
  'redirects elsewhere (307)': (socket, elsewhere) =>
    whole(socket, `HTTP/1.1 307 There\r\nlocation: ${elsewhere}\r\n`, ''),
  'redirects elsewhere (308)': (socket, elsewhere) =>
    whole(socket, `HTTP/1.1 308 There\r\nlocation: ${elsewhere}\r\n`, ''),
}

/** An endpoint that behaves so, and what came through to where it redirects. */
export async function hostileEndpoint(name: string) {
  const behave = BEHAVIOURS[name]
  if (!behave) throw new Error(`No endpoint ${name}`)
  const there = await listen((socket, request) => {
    arrived += request
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
  })
  let arrived = ''
  let asked = 0
  const here = await listen((socket) => {
    asked++
    behave(socket, `http://127.0.0.1:${there.port}/v1/taken`)
  })
  return {
    baseURL: `http://127.0.0.1:${here.port}/v1`,
    /** How many requests came. */
    asked: () => asked,
    /** All bytes that reached where it redirects to. */
    elsewhere: () => arrived,
    close: async () => void (await Promise.all([here.close(), there.close()])),
  }
}

/** A server that is told each request as soon as its head is there. */
async function listen(onRequest: (socket: Socket, request: string) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    let request = ''
    socket.on('data', (bytes) => {
      const begun = request.includes('\r\n\r\n')
      request += bytes.toString('latin1')
      if (!begun && request.includes('\r\n\r\n')) onRequest(socket, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The endpoint has no port')
  return {
    port: address.port,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function whole(socket: Socket, head: string, body: string) {
  socket.end(
    `${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

function drip(socket: Socket, byte: string) {
  const timer = setInterval(() => socket.write(byte), 50)
  socket.on('close', () => clearInterval(timer))
}

function endless(socket: Socket, head: string, bytes: Buffer) {
  socket.write(head.includes('\r\n\r\n') ? head : `${head}\r\n`)
  forEver(socket, bytes)
}

/** As fast as the other side reads. */
function forEver(socket: Socket, bytes: Buffer) {
  const more = () => {
    while (!socket.destroyed && socket.write(bytes));
  }
  socket.on('drain', more)
  more()
}

/** Two gigabytes of spaces in some kilobytes. */
function bomb(socket: Socket, encoding: 'gzip' | 'br') {
  const packed =
    encoding === 'gzip'
      ? createGzip({ level: 9 })
      : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
  socket.write(`${JSON_HEAD}content-encoding: ${encoding}\r\nconnection: close\r\n\r\n`)
  packed.pipe(socket)
  const block = kilobytes(1024, ' ')
  let left = 2048
  const more = () => {
    while (left-- > 0 && !socket.destroyed) if (!packed.write(block)) return
    packed.end()
  }
  packed.on('drain', more)
  packed.on('error', () => {})
  more()
}
