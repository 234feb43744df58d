// Connections that send a byte of a request each second, or nothing: parts of heads, parts of bodies, silence. One that the server
// closes is opened again. Usage: node tests/bench/slow_connections.mjs PORT COUNT; says "ready" when all of them are open.
import { connect } from 'node:net';

const [port, count] = process.argv.slice(2).map(Number);
const HEAD = 'GET /_comments/v1/threads/a/comments HTTP/1.1\r\nHost: localhost\r\nX-Slow: ';
const BODY = 'POST /_comments/v1/threads/a/comments HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n';
const KINDS = [{ begin: HEAD, step: 'x' }, { begin: BODY, step: ' ' }, { begin: '', step: '' }, { begin: BODY, step: '' }];

let open = 0;
const slow = new Set();

function begin(kind) {
  const socket = connect({ port, host: '127.0.0.1' }, () => {
    socket.write(kind.begin);
    slow.add({ socket, kind });
    if (++open === count) console.log('ready');
  });
  socket.on('error', () => {});
  socket.on('data', () => {});
  socket.on('close', () => {
    for (const each of slow) if (each.socket === socket) slow.delete(each);
    begin(kind);
  });
}

for (let i = 0; i < count; ++i) begin(KINDS[i % KINDS.length]);
setInterval(() => {
  for (const { socket, kind } of slow) if (kind.step) socket.write(kind.step);
}, 1000);
