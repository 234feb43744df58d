// A comments server behind a bad network: passes requests on to the real one, or breaks them in a chosen way.
import { createServer, request } from 'node:http';

// Each is what becomes of one request. "cut-before": the server never hears of it; "cut-after": it has done its work, and the answer is
// lost; "cut-middle": half of the answer arrives. More of them: "hang" never answers, "no-cors" hides the answer from the page, "half-json"
// ends in the middle of a word, "success-false" says no with a status that says yes, "status-N" is any status.
export const FAULTS = ['cut-before', 'cut-after', 'cut-middle', 'html', 'empty', 'status-500', 'status-502', 'status-503', 'status-429'];

export class FaultProxy {
  // Method, path, Idempotency-Key and fate of every request but preflights.
  requests = [];
  #server;
  #target = '';
  // Called for each request: a fault, or null to let it pass; or a promise of that, which holds the request up.
  decide = () => null;

  static async start() {
    const proxy = new FaultProxy();
    proxy.#server = createServer((incoming, outgoing) => proxy.#handle(incoming, outgoing));
    await new Promise((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  // Where the real server is.
  set target(url) {
    this.#target = url;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(incoming, outgoing) {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const isPreflight = incoming.method === 'OPTIONS';
    const fault = isPreflight ? null : await this.decide({ method: incoming.method, path: incoming.url });
    const key = incoming.headers['idempotency-key'] ?? '';
    if (!isPreflight) this.requests.push({ method: incoming.method, path: incoming.url, key, fault });
    if (fault === 'cut-before') return incoming.socket.destroy();
    if (fault === 'hang') return undefined;
    const answer = fault === null || fault.startsWith('cut') ? await this.#pass(incoming, body) : made(fault, incoming.headers.origin);
    if (answer === null || fault === 'cut-after') return incoming.socket.destroy();
    outgoing.writeHead(answer.status, answer.headers);
    if (fault !== 'cut-middle') return outgoing.end(answer.body);
    outgoing.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => incoming.socket.destroy());
  }

  #pass(incoming, body) {
    const target = new URL(incoming.url, this.#target);
    const headers = { ...incoming.headers, host: target.host, connection: 'close', 'accept-encoding': 'identity' };
    return new Promise((resolve) => {
      const outgoing = request(target, { method: incoming.method, headers }, async (response) => {
        const chunks = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
      });
      outgoing.on('error', () => resolve(null));
      outgoing.end(body);
    });
  }
}

function made(fault, origin) {
  const cors = { 'Access-Control-Allow-Origin': origin ?? '*', 'Access-Control-Expose-Headers': 'Retry-After' };
  if (fault === 'html') return { status: 200, headers: { ...cors, 'Content-Type': 'text/html' }, body: Buffer.from('<p>Please log in to the network') };
  if (fault === 'no-cors') return { status: 500, headers: {}, body: Buffer.from('Busy') };
  if (fault === 'half-json') return { status: 200, headers: { ...cors, 'Content-Type': 'application/json' }, body: Buffer.from('{"comment": {"id": "01k') };
  if (fault === 'success-false') return { status: 200, headers: { ...cors, 'Content-Type': 'application/json' }, body: Buffer.from('{"success": false}') };
  if (fault === 'empty') return { status: 200, headers: cors, body: Buffer.alloc(0) };
  const status = Number(fault.slice('status-'.length));
  if (status === 204) return { status, headers: cors, body: Buffer.alloc(0) };
  return { status, headers: status === 429 ? { ...cors, 'Retry-After': '7' } : cors, body: Buffer.from('Busy') };
}
