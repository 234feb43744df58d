// One output folder on every kind of host, at any depth: the reader paints, links stay on the site, and nothing offends the policy.
import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { TEST_TIMEOUT_MS } from './support/bounds.mjs';
import { launchChromium } from './support/chromium.mjs';
import { copySample, startSite } from './support/sample_site.mjs';
import { startHost } from './support/static_host.mjs';
import { ReaderPage } from './reader_page.mjs';

const FILE_POST = 'Reading a file in C++, all of it';
const FILE_PATH = 'posts/reading-a-file/';

let comments;
let site;
let browser;
before(async () => {
  comments = await startComments();
  site = await startSite(async (work, url) => {
    const content = await copySample(work, url);
    const settings = join(content, 'octavo.toml');
    const text = await readFile(settings, 'utf8');
    await writeFile(settings, text.replace(/^endpoint = .*$/m, `endpoint = "${comments.url}api"`));
    const post = join(content, 'content/reading-a-file.md');
    await writeFile(post, (await readFile(post, 'utf8')).replace(/^title/m, 'aliases = ["/2019/a file/", "/old.html"]\ntitle'));
    await appendFile(post, '\n<b onclick="run()" style="color: red">Raw</b> <img src="missing.png" onerror="run()"> <style>b {}</style> markup.\n');
    return content;
  });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await comments?.stop();
});

// An endpoint that other origins may ask.
async function startComments() {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
    response.end('{"comments": []}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function openTab(url) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { context, page, complaints, reader: new ReaderPage(page, url) };
}

const violations = (page) => page.evaluate(() => window.violations);

const PLACES = [
  ['netlify', '/'],
  ['cloudflare', '/'],
  ['plain', '/'],
  ['plain', '/a/b/'],
];
for (const [name, base] of PLACES) {
  test(`${name} at ${base}: the reader paints and nothing offends the policy`, { timeout: TEST_TIMEOUT_MS }, async () => {
    const host = await startHost(name, site.folder, base);
    const { context, page, complaints, reader } = await openTab(host.url);
    try {
      const response = await reader.open('');
      await reader.expectTextVisible(false);
      await reader.markDocument();
      await reader.follow(FILE_POST);
      await reader.expectHeading(FILE_POST);
      await reader.expectPath(FILE_PATH);
      await reader.choose('Theme', 'Dark');
      await page.goBack();
      await reader.expectPath('');
      assert.ok(await reader.isSameDocument());
      for (const path of [FILE_PATH, 'tags/typography/', 'posts/every-element/', 'posts/many-scripts/']) {
        await reader.open(path);
        await reader.expectTextVisible(false);
        assert.deepEqual(await violations(page), [], path);
      }
      assert.deepEqual(complaints.filter((text) => !/404/.test(text)), []);
      await expectPolicy(page, comments.url);
      assert.equal(response.headers()['content-security-policy'] !== undefined, name !== 'plain');
      assert.deepEqual(host.requests.filter((path) => !path.startsWith(base)), [], 'nothing is asked for outside of the site');
    } finally {
      await context.close();
      await host.stop();
    }
  });
}

// The policy itself: what it must let through, and that it is in force at all.
async function expectPolicy(page, endpoint) {
  const outcome = await page.evaluate(async (url) => {
    const attempt = async (action) => {
      try {
        await action();
        return 'done';
      } catch (error) {
        return error.name;
      }
    };
    const other = new URL(url);
    ++other.port;
    return {
      comments: await attempt(() => fetch(`${url}api/comments`)),
      elsewhere: await attempt(() => fetch(other)),
      markup: await attempt(() => (document.createElement('div').innerHTML = '<b>x</b>')),
      script: await attempt(() => (0, eval)('1')),
      worker: await attempt(() => new Worker('assets/x.js')),
    };
  }, endpoint);
  assert.deepEqual(outcome, { comments: 'done', elsewhere: 'TypeError', markup: 'TypeError', script: 'EvalError', worker: 'TypeError' });
  assert.ok((await violations(page)).some((text) => text.startsWith('connect-src')));
}

test('octavo serve sends what the site asks its hosts for', async () => {
  const served = await fetch(`${site.url}${FILE_PATH}`);
  const host = await startHost('netlify', site.folder);
  const hosted = await fetch(`${host.url}${FILE_PATH}`);
  await host.stop();
  const names = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy', 'permissions-policy'];
  for (const name of names) {
    assert.ok(served.headers.get(name), name);
    assert.equal(served.headers.get(name), hosted.headers.get(name), name);
  }
  assert.doesNotMatch(served.headers.get('content-security-policy'), /unsafe-(inline|eval'? |hashes)|'unsafe-eval'/);
});

for (const [name, base] of [['netlify', '/'], ['plain', '/a/b/']]) {
  test(`${name} at ${base}: old addresses lead to the post`, async () => {
    const host = await startHost(name, site.folder, base);
    const { context, page, complaints, reader } = await openTab(host.url);
    try {
      for (const old of ['2019/a%20file/', 'old.html']) {
        await page.goto(new URL(old, host.url).href);
        await reader.expectPath(FILE_PATH);
        await reader.waitUntilLive();
        await reader.expectHeading(FILE_POST);
      }
      assert.deepEqual(complaints.filter((text) => !/404/.test(text)), []);
    } finally {
      await context.close();
      await host.stop();
    }
  });
}

test('every page says the policy that the header says, but for what only a header can say', async () => {
  const rules = await readFile(join(site.folder, '_headers'), 'utf8');
  const [, header] = /Content-Security-Policy: (.*)/.exec(rules);
  for (const path of ['index.html', '404.html', `${FILE_PATH}index.html`, 'tags/typography/index.html']) {
    const [, meta] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(await readFile(join(site.folder, path), 'utf8'));
    assert.equal(meta.replaceAll('&#39;', "'"), header.replace(" frame-ancestors 'none';", ''), path);
  }
});
