// A real HAProxy and a real nginx in front of the server: header lines in which a client lies about its address change nothing.
// Clients have addresses of their own on the loopback network; their requests count against its /24.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { LONGEST_WAIT_MS } from '../browser/support/bounds.mjs';
import { CommentServer } from './support/comment_server.mjs';

const LIMIT = 2; // requests a minute for one network: one more than these within half a minute is refused
const SETTINGS = `per_minute = 0\nper_hour = 0\nmin_gap_seconds = 0\nrequests_per_minute = ${LIMIT}\ntrusted_proxies = ["127.0.0.1"]\n`;

const PROXIES = {
  nginx: {
    config: (folder, port, server) => `daemon off; pid ${folder}/pid; error_log stderr error; worker_processes 1;
events { worker_connections 100; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u;
  scgi_temp_path ${folder}/s;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${server};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }
}
`,
    args: (file) => ['-c', file, '-e', 'stderr'],
  },
  haproxy: {
    config: (folder, port, server) => `global
  maxconn 100
defaults
  mode http
  timeout connect ${LONGEST_WAIT_MS}ms
  timeout client ${LONGEST_WAIT_MS}ms
  timeout server ${LONGEST_WAIT_MS}ms
frontend site
  bind 127.0.0.1:${port}
  option forwardfor
  default_backend octavo
backend octavo
  server octavo 127.0.0.1:${server}
`,
    args: (file) => ['-db', '-f', file],
  },
};

async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

// The status of a request from `localAddress`, with lines as given: [name, value, name, value ...].
async function ask(port, localAddress, lines = []) {
  const headers = ['Host', `localhost:${port}`, ...lines];
  const request = http.request({ host: '127.0.0.1', port, localAddress, path: '/_comments/v1/capabilities', headers, agent: false }).end();
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}

async function withProxy(name, use) {
  const server = await CommentServer.start(SETTINGS);
  const folder = await mkdtemp(join(tmpdir(), 'octavo-proxy-'));
  const port = await freePort();
  const file = join(folder, 'config');
  await writeFile(file, PROXIES[name].config(folder, port, new URL(server.url).port));
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
  const proxy = spawn(name, PROXIES[name].args(file), { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(proxy, 'exit').then(() => 'ended');
  try {
    while (true) {
      const answer = await Promise.race([ended, ask(port, '127.0.9.1').catch(() => 'not yet')]);
      if (answer === 200) break;
      assert.notEqual(answer, 'ended', `${name} does not run`);
    }
    await use(port);
  } finally {
    proxy.kill('SIGTERM');
    await ended;
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

// Each request claims another address.
const SPOOFS = {
  'nothing': () => [],
  'a line': (i) => ['X-Forwarded-For', `198.51.${i}.1`],
  'two lines': (i) => ['X-Forwarded-For', `198.51.${i}.1`, 'X-Forwarded-For', `203.0.${i}.1, 127.0.0.1`],
  'a list that ends in the proxy': (i) => ['X-Forwarded-For', `198.51.${i}.1, 127.0.0.1`],
  'no address': (i) => ['X-Forwarded-For', `unknown-${i}, "`],
  'Forwarded': (i) => ['Forwarded', `for=198.51.${i}.1`],
  'Forwarded, with the proxy': (i) => ['Forwarded', `for=198.51.${i}.1, for=127.0.0.1`],
  'Forwarded and a line': (i) => ['Forwarded', `for="[2001:db8:${i}::1]:4711"`, 'X-Forwarded-For', `198.51.${i}.1`],
};

for (const name of Object.keys(PROXIES)) {
  test(`${name}: what a client says of its address changes nothing`, () =>
    withProxy(name, async (port) => {
      for (const [index, [what, lines]] of Object.entries(SPOOFS).entries()) {
        const address = `127.0.${index + 10}.1`;
        const statuses = [];
        for (let i = 0; i < LIMIT + 5; ++i) statuses.push(await ask(port, address, lines(i)));
        // If each counted as another network, none would be refused.
        assert.ok(statuses.includes(429), `${what}: ${statuses}`);
        assert.equal(await ask(port, `127.0.${index + 100}.1`), 200, `${what}: another network is not limited`);
      }
    }));
}
