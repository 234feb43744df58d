// While an author writes: octavo serve builds what changed, and the open page follows without losing its place.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { specFor } from './support/chromium.mjs';
import { COMMAND, copySample, READER_FILES } from './support/sample_site.mjs';

const PATH = 'posts/many-scripts/';

const pageTest = specFor(startSources);

// `octavo serve` on the sample's sources.
async function startSources() {
  const work = await mkdtemp(join(tmpdir(), 'octavo-sources-'));
  const source = await copySample(work, 'http://localhost/');
  const server = spawn(
    COMMAND,
    ['serve', source, '--port', '0', '--reader-files', READER_FILES, '--now', '2026-11-23T12:00:00Z', '--json', '--no-comments'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  server.stdout.setEncoding('utf8');
  const [line] = await once(server.stdout, 'data');
  return {
    url: JSON.parse(line).url,
    source,
    post: join(source, 'content/many-scripts.md'),
    async stop() {
      const ended = once(server, 'exit');
      server.kill();
      const [code] = await ended;
      assert.equal(code, 0, 'an interrupt is the ordinary end');
      await rm(work, { recursive: true, force: true });
    },
  };
}

pageTest('a page follows its source and stays where it is', async ({ reader, site }) => {
  await reader.open(PATH);
  await reader.scrollTo(700);
  await reader.expectScrollY(700);
  await appendFile(site.post, '\nA sentence that was added.\n');
  await reader.expectText('A sentence that was added.');
  await reader.waitUntilLive();
  await reader.expectScrollY(700);
});

pageTest('a page that was reached by a link follows as well', async ({ reader, site }) => {
  await reader.open('');
  await reader.follow('Many scripts, one article');
  await reader.expectHeading('Many scripts, one article');
  await writeFile(site.post, (await readFile(site.post, 'utf8')).replace('Many scripts, one article', 'Many scripts, two articles'));
  await reader.expectHeading('Many scripts, two articles');
  await reader.expectPath(PATH);
});

pageTest('a post that cannot be read is told of on the page, and gone when it is mended', async ({ page, reader, site }) => {
  await reader.open('');
  const text = await readFile(site.post, 'utf8');
  await writeFile(site.post, `+++\ntitle = \n${text}`);
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /many-scripts\.md:\d+/);
  await writeFile(site.post, text);
  await page.getByRole('alert').waitFor({ state: 'detached' });
});

pageTest('only pages of this machine are told', async ({ site }) => {
  const page = await (await fetch(site.url)).text();
  assert.match(page, /<script type="module" src="\/_octavo\/live\.js\?[-\d]+"><\/script>/);
  for (const path of ['_octavo/changes', '_octavo/live.js']) {
    const request = get(`${site.url}${path}`, { headers: { host: 'example.org' } });
    const [response] = await once(request, 'response');
    assert.equal(response.statusCode, 421, path);
    request.destroy();
  }
});
