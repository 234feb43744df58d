// Hears scripts that a page did not bring along, and finds markup that could run one.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';

// Runs in the page, before its own scripts where the browser can do that: everything it hears goes into window.octavoSigns, and
// window.octavoInspect() returns what there is to be found at that moment. It may run more than once. `globals` are the names of a page without
// scripts, where it comes after them.
export function listenForScripts(globals) {
  if (window.octavoSigns !== undefined) return;
  const signs = (window.octavoSigns = []);
  window.octavoInspect = inspect;
  const known = new Set(globals ?? Object.getOwnPropertyNames(window));
  for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => void signs.push(`${name}() was called`);
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    // Posts of an owner may show any image; the policy is there for comments. Firefox loads the next page of a list ahead.
    const isAhead = effectiveDirective === 'default-src' && blockedURI.startsWith(`${location.origin}/`);
    if (effectiveDirective !== 'img-src' && !isAhead) signs.push(`the policy forbids ${effectiveDirective} ${blockedURI}`);
  });
  // What the server has sent, before deferred scripts change it.
  document.addEventListener('readystatechange', () => document.readyState === 'interactive' && signs.push(...inspect()));

  function inspect() {
    const elements = [...document.querySelectorAll('*')];
    const names = Object.getOwnPropertyNames(window).filter((name) => !known.has(name) && !/^(\d+$|octavo)/.test(name));
    return [...elements.flatMap(signsOf), ...requests(), ...names.map((name) => `a new global: ${name}`)];
  }

  function requests() {
    const others = performance.getEntriesByType('resource').filter(({ name, initiatorType }) => !name.startsWith(`${location.origin}/`) && !/^(data|blob):/.test(name) && initiatorType !== 'img');
    return others.map(({ name, initiatorType }) => `a request by ${initiatorType}: ${name}`);
  }

  function signsOf(element) {
    const found = [...element.attributes].filter((attribute) => isHarmful(element, attribute)).map(({ name, value }) => `${name}=${value}`);
    if (isForeign(element)) found.push('');
    return found.map((what) => `<${element.localName} ${what}>`);
  }

  function isHarmful(element, { name, value }) {
    if (/^on|^(srcdoc|formaction)$/i.test(name)) return true;
    if (name === 'style') return /url\(|expression|@import|-moz-binding|behavior/i.test(value);
    if (!/^(.*:)?href$|^(src|action|data|poster|background|cite|ping|longdesc|dynsrc|lowsrc)$/.test(name)) return false;
    const allowed = element.localName === 'img' ? /^(https?|data|blob):/ : /^(https?|mailto):/;
    return URL.canParse(value, document.baseURI) && !allowed.test(new URL(value, document.baseURI).href);
  }

  // Elements that no page of Octavo has, or has only in a form of its own.
  function isForeign(element) {
    switch (element.localName) {
      case 'script':
        return !/^application\/(ld\+)?json$/.test(element.type) && !new URL(element.src || 'none:', location).href.startsWith(`${location.origin}/`);
      case 'meta':
        return element.httpEquiv !== '' && element.httpEquiv !== 'Content-Security-Policy';
      case 'link':
        return element.relList.contains('stylesheet') && !element.href.startsWith(`${location.origin}/`);
      case 'form':
        return element.hasAttribute('action') || element.closest('#octavo_layer') === null;
      default:
        return ['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base', 'math', 'style', 'marquee', 'foreignObject', 'animate', 'set', 'bgsound', 'layer', 'xml'].includes(element.localName);
    }
  }
}

// Everything that was heard and found on the page that is open, which should be the one at `address`.
export async function signsOfScripts(page, address) {
  const signs = await page.evaluate((install) => {
    if (window.octavoInspect === undefined) return null;
    return [...window.octavoSigns, ...window.octavoInspect(), ...(install === location.href ? [] : [`it went to ${location.href}`])];
  }, address);
  assert.ok(signs !== null, `${address}: nobody listens`);
  return [...new Set(signs)];
}

// ---- Whether it hears ------------------------------------------------------------------------------------------------------

// Pages on which something gets through, and what is to be heard of it.
export const PAGES_WITH_SCRIPTS = {
  'a dialog': ['<script>alert(1)</script>', /alert\(\) was called/],
  'a handler that has run': ['<img src="/missing" onerror="prompt(1)">', /prompt\(\) was called/],
  'a handler that has not run': ['<p onclick="x()">Text</p>', /<p onclick=x\(\)>/],
  'a script\'s address': ['<a href=" java&#10;script:x()">Text</a>', /<a href= java\nscript:x\(\)>/],
  'an address of SVG': ['<svg><a xlink:href="javascript:x()"><text>Text</text></a></svg>', /<a xlink:href=javascript:x\(\)>/],
  'a document in an attribute': ['<iframe srcdoc="Text"></iframe>', /<iframe srcdoc=Text>/],
  'a global': ['<script>window.leak = 1</script>', /a new global: leak/],
  'a script from elsewhere': ['<script src="ELSEWHERE/x.js"></script>', /<script >/],
  'a request': ['<script>fetch("ELSEWHERE/").catch(() => {})</script>', /a request by fetch/],
  'another base': ['<base href="ELSEWHERE/">', /<base /],
  'a style': ['<p style="background: url(ELSEWHERE/)">Text</p>', /<p style=background/],
};
// In markup: another origin.
const ELSEWHERE = /\bELSEWHERE\b/g;
// The same where a policy forbids it.
export const FORBIDDEN_SCRIPT = ['<script>alert(1)</script>', /the policy forbids script-src/];
const POLICY = "default-src 'self'";

// Serves them: {url, paths: {name: path}, forbidden: path, clean: path, stop()}.
export async function startPagesWithScripts() {
  const pages = new Map(Object.values(PAGES_WITH_SCRIPTS).map(([markup], i) => [`/${i}`, markup]));
  const server = createServer((request, response) => {
    const isForbidden = request.url === '/forbidden';
    const markup = isForbidden ? FORBIDDEN_SCRIPT[0] : pages.get(request.url);
    const isPage = markup !== undefined || request.url === '/clean';
    response.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html', 'access-control-allow-origin': '*', ...(isForbidden ? { 'content-security-policy': POLICY } : {}) });
    const elsewhere = `http://localhost:${server.address().port}`;
    response.end(isPage ? `<!doctype html><title>Page</title>${markup ?? ''}<p><a href="/0">Text</a> <img src="data:,"></p>`.replace(ELSEWHERE, elsewhere) : '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

// Without listenForScripts() in time, a driver says that a dialog is open, and closes it.
async function isStoppedByDialog(open) {
  try {
    await open();
    return false;
  } catch (error) {
    if (!/unexpected alert open/.test(error.message)) throw error;
    return true;
  }
}

// `open(address)` opens a page of them; throws where nothing is heard, and where something is heard on the clean one.
export async function checkDetector(page, open, { hasPolicy = true } = {}) {
  const server = await startPagesWithScripts();
  try {
    const cases = Object.entries(PAGES_WITH_SCRIPTS).map(([name, [, sign]], i) => [name, `/${i}`, sign]);
    if (hasPolicy) cases.push(['a forbidden script', '/forbidden', FORBIDDEN_SCRIPT[1]]);
    for (const [name, path, sign] of cases) {
      if (await isStoppedByDialog(() => open(server.url + path))) {
        assert.match(sign.source, /was called/, name);
        continue;
      }
      await page.waitForFunction(([source, flags, address]) => {
        const signs = [...window.octavoSigns, ...window.octavoInspect(), location.href === address ? '' : 'elsewhere'];
        return signs.some((each) => new RegExp(source, flags).test(each));
      }, [sign.source, sign.flags, server.url + path]);
    }
    await open(`${server.url}/clean`);
    assert.deepEqual(await signsOfScripts(page, `${server.url}/clean`), []);
  } finally {
    await server.stop();
  }
}
