// Damaged, missing and hostile bundles: a message in place of the content, a readable page everywhere else.
import assert from 'node:assert/strict';
import { specFor } from './support/chromium.mjs';
import { startSampleSite } from './support/sample_site.mjs';

const pageTest = specFor(startSampleSite);

const SCRIPTS_POST = 'Many scripts, one article';
const FILE_POST = 'Reading a file in C++, all of it';
const NOISE = { errors: [/Failed to load resource/, /integrity/, /digest/] };

const json = (body) => (route) => route.fulfill({ contentType: 'application/json', body });

// The answers that a host may give for the site's files, for a page that is opened again.
const START_FAULTS = {
  'the manifest is cut off': ['**/octavo.json', json('{"version": 1, "ind')],
  'the manifest is not JSON': ['**/octavo.json', json('<html>')],
  'the manifest is a page': ['**/octavo.json', (route) => route.fulfill({ contentType: 'text/html', body: '<p>start' })],
  'the manifest is of a newer version': ['**/octavo.json', json('{"version": 99, "generator": "x", "index": {"url": "a"}}')],
  'the manifest is missing': ['**/octavo.json', (route) => route.fulfill({ status: 404, body: '' })],
  'the index is missing': ['**/bundle/index.*', (route) => route.fulfill({ status: 404, body: '' })],
  'the index has other bytes': ['**/bundle/index.*', json('{"posts": []}')],
  'the network is gone': ['**/octavo.json', (route) => route.abort()],
};

for (const [name, [pattern, answer]] of Object.entries(START_FAULTS)) {
  pageTest(`${name}: the static page stays readable and its links work`, async ({ page, reader }) => {
    await page.route(pattern, answer);
    const told = page.waitForEvent('console', (message) => message.text().includes('the page stays as it is'));
    await reader.openStatic('');
    await told;
    await reader.expectTextVisible(true);
    await reader.link(SCRIPTS_POST).waitFor();
    await reader.follow(FILE_POST);
    await reader.expectHeading(FILE_POST);
  }, NOISE);
}

const POST_FAULTS = {
  'a missing post': (route) => route.fulfill({ status: 404, body: '' }),
  'a post with other bytes than promised': json('{"title": "other"}'),
  'a post that the network loses': (route) => route.abort(),
  'a busy server': (route) => route.fulfill({ status: 503, body: '' }),
};

for (const [name, answer] of Object.entries(POST_FAULTS)) {
  pageTest(`${name}: a message with a way out, and the rest works`, async ({ page, reader }) => {
    await reader.open('');
    await reader.markDocument();
    await page.route('**/bundle/posts/**', answer);
    await reader.follow(SCRIPTS_POST);
    await reader.expectHeading('This page cannot be shown');
    await page.unroute('**/bundle/posts/**');
    await reader.button('Try again').click();
    await reader.expectHeading(SCRIPTS_POST);
    await page.goBack();
    await reader.link(FILE_POST).waitFor();
    assert.ok(await reader.isSameDocument());
  }, NOISE);
}

pageTest('a hostile post makes no script, no handler and no frame', async ({ page, site, reader }) => {
  const hostile = [
    '<script>window.hacked = 1</script>',
    '<img src="x" onerror="window.hacked = 1">',
    '<svg onload="window.hacked = 1"><script>window.hacked = 1</script></svg>',
    '<iframe srcdoc="<script>parent.hacked = 1</script>"></iframe>',
    '<a href="java&#10;script:window.hacked=1">link</a> [markdown](javascript:window.hacked=1)',
    '<p style="position:fixed" onclick="window.hacked=1">visible</p>',
    '<form action="https://example.org/"><button formaction="javascript:1">send</button></form>',
    '<base href="https://example.org/"><meta http-equiv="refresh" content="0;url=https://example.org/">',
  ].join('\n\n');
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Hostile',
    items: [{ id: 'one', title: '<img src=x onerror=hacked=1>', content_html: hostile, date_published: '2020-01-01T00:00:00Z' }],
  };
  await page.route('**/octavo.json', json(JSON.stringify(feed)));
  await reader.open('');
  await reader.follow(feed.items[0].title);
  await reader.expectText('visible');
  const found = await page.evaluate(() => {
    const layer = document.getElementById('octavo_layer');
    const handlers = [...layer.querySelectorAll('*')].flatMap((element) =>
      element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'srcdoc'),
    );
    // Images have the size that layout gave them and blocks may be moved onto its places; nothing else is styled.
    const styles = [...layer.querySelectorAll('[style]')].flatMap((element) =>
      [...element.style].filter((property) => element.style.position !== 'relative' || !['position', 'top'].includes(property)),
    );
    const links = [...layer.querySelectorAll('a[href]')].filter((link) => !/^(https?|mailto):$/.test(link.protocol));
    return {
      elements: layer.querySelectorAll('script, iframe, svg, form, base, meta, object, embed').length,
      handlers,
      styles: styles.filter((property) => property !== 'width' && property !== 'height'),
      links: links.length,
      hacked: window.hacked ?? null,
    };
  });
  assert.deepEqual(found, { elements: 0, handlers: [], styles: [], links: 0, hacked: null });
  assert.ok(page.url().startsWith(site.url));
  // The parser's inert document has a policy too, and says so.
}, { errors: [...NOISE.errors, /Content Security Policy/] });
