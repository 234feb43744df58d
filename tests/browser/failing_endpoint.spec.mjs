// A comments server that fails in every possible way: the text that somebody has sent stays, byte for byte, the page says what happened,
// and when the server works again, the comment is published once.
import assert from 'node:assert/strict';
import { specFor } from './support/chromium.mjs';
import { startCommentSite } from './support/comment_site.mjs';
import { ConversationPage } from './conversation_page.mjs';

const PATH = 'posts/reading-a-file/';
// White space, marks of direction, letters of several code units, a line end at the end: what careless code changes.
const TEXT = '  Two spaces, a tab\t, “quotes”, عربي\u200f, 👩🏽‍🚀,\n\n> and\n\n`lines`  \nat the end.\n';
const NETWORK = { errors: [/Failed to load resource/, /CORS/] };
// Longer than any wait of the outbox.
const LONG_MS = 2 * 3600 * 1000;

const REFUSALS = [400, 401, 403, 404, 413, 422].map((status) => `status-${status}`);
const FAILURES = ['status-409', 'status-429', 'status-500', 'status-502', 'status-503', 'status-504', 'hang', 'cut-before', 'no-cors', 'html', 'empty',
  'half-json', 'success-false', 'status-204'];

let site;
const siteTest = specFor(async () => (site = await startCommentSite()));

function endpointTest(name, body) {
  siteTest(name, async (given) => {
    site.proxy.decide = () => null;
    await body({ ...given, conversation: new ConversationPage(given.page, site.url) });
  }, NETWORK);
}

// Writes, sends into the fault, and returns what the store has after the outcome.
async function sendInto(conversation, fault) {
  await conversation.page.clock.install();
  await conversation.openPost(PATH);
  site.proxy.decide = ({ method, path }) => (method === 'POST' || path.includes('/submissions/') ? fault : null);
  await conversation.write(`${TEXT}${fault}`);
  await conversation.send();
  return outcomeIn(conversation);
}

async function outcomeIn(conversation) {
  for (;;) {
    const { records } = await conversation.kept();
    if (records.length > 0 && records[0].state !== 'sending' && (records[0].attempts > 0 || records[0].state === 'refused')) return records[0];
    await conversation.settle();
  }
}

async function expectPublishedOnce(conversation, fault) {
  await conversation.comment(fault).getByRole('button', { name: /^Reply to/ }).waitFor();
  const { comments } = await (await fetch(`${site.api}threads/reading-a-file/comments?limit=200`)).json();
  const stored = comments.filter(({ body_source: text }) => text.endsWith(fault));
  assert.deepEqual(stored.map(({ body_source: text }) => text), [`${TEXT}${fault}`]);
}

for (const fault of REFUSALS) {
  endpointTest(`${fault}: refused with the reason, the text is kept, and can be sent again`, async ({ conversation }) => {
    const record = await sendInto(conversation, fault);
    assert.deepEqual([record.state, record.text], ['refused', `${TEXT}${fault}`]);
    await conversation.expectState(fault, /^Not accepted\. \S+/);
    site.proxy.decide = () => null;
    await conversation.comment(fault).getByRole('button', { name: 'Send again' }).click();
    await expectPublishedOnce(conversation, fault);
  });
}

for (const fault of FAILURES) {
  endpointTest(`${fault}: the text is kept and goes out by itself, once`, async ({ conversation, page }) => {
    const record = await sendInto(conversation, fault);
    assert.ok(['queued', 'unsure'].includes(record.state), `the state is ${record.state}`);
    assert.equal(record.text, `${TEXT}${fault}`);
    await conversation.expectState(fault, /Next try at/);
    site.proxy.decide = () => null;
    await page.clock.fastForward(LONG_MS);
    await expectPublishedOnce(conversation, fault);
  });
}

endpointTest('a name that no server has: the text is kept and goes out by itself, once', async ({ conversation, page }) => {
  await page.clock.install();
  await conversation.openPost(PATH);
  await page.route(`${site.proxy.url}**`, (route) => route.abort('namenotresolved'));
  await conversation.write(`${TEXT}no name`);
  await conversation.send();
  assert.equal((await outcomeIn(conversation)).text, `${TEXT}no name`);
  await page.unroute(`${site.proxy.url}**`);
  await page.clock.fastForward(LONG_MS);
  await expectPublishedOnce(conversation, 'no name');
});

endpointTest('a server that asks to wait is left alone for so long', async ({ conversation }) => {
  const asked = [];
  site.proxy.decide = ({ method }) => {
    if (method === 'POST') asked.push(performance.now());
    return method === 'POST' && asked.length === 1 ? 'status-429' : null;
  };
  await conversation.openPost(PATH);
  await conversation.write(`${TEXT}in a while`);
  await conversation.send();
  await expectPublishedOnce(conversation, 'in a while');
  assert.equal(asked.length, 2);
  // The value of its Retry-After.
  assert.ok(asked[1] - asked[0] >= 7000, `${asked[1] - asked[0]} ms`);
});

endpointTest('a full disk: writing goes on, the page says so at once, and the comment is sent all the same', async ({ conversation, page, context }) => {
  // Before the store is opened: Chromium remembers for a while how much room there was.
  const debug = await context.newCDPSession(page);
  const { origin } = new URL(site.url);
  await debug.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await conversation.openPost(PATH);
  await conversation.write('Written on a full disk', 'Ann');
  await conversation.form.getByText(/This browser keeps nothing/).waitFor();
  await conversation.expectDraft('Written on a full disk');
  await conversation.send();
  await conversation.comment('Written on a full disk').getByRole('button', { name: /^Reply to/ }).waitFor();
  // There is room again: the next word is kept, and the page says so.
  await debug.send('Storage.overrideQuotaForOrigin', { origin });
  await conversation.field('Comment').pressSequentially('And more');
  await conversation.expectKept();
  assert.deepEqual((await conversation.kept()).drafts.map(({ text }) => text), ['And more']);
});

// Runs in the page: counts the writes to its database since it was last deleted.
function watchDatabase() {
  window.writesSinceLoss = null;
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function openAndWatch(...args) {
    const request = open.apply(this, args);
    request.addEventListener('success', () => request.result.addEventListener('close', () => (window.writesSinceLoss = 0)));
    return request;
  };
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function beginAndWatch(...args) {
    const begun = transaction.apply(this, args);
    begun.addEventListener('complete', () => begun.mode === 'readwrite' && window.writesSinceLoss !== null && (window.writesSinceLoss += 1));
    return begun;
  };
}

endpointTest('a store that is cleared while somebody writes is written again', async ({ conversation, page, context }) => {
  await page.addInitScript(watchDatabase);
  await conversation.openPost(PATH);
  await conversation.field('Comment').pressSequentially('Written before');
  await conversation.expectKept();
  const debug = await context.newCDPSession(page);
  await debug.send('Storage.clearDataForOrigin', { origin: new URL(site.url).origin, storageTypes: 'indexeddb' });
  await page.waitForFunction(() => window.writesSinceLoss > 0);
  await page.reload();
  await conversation.goToComments();
  await conversation.expectDraft('Written before');
});

for (const year of [1971, 2100]) {
  endpointTest(`a clock that says ${year}: nothing is dropped, and the comment goes out`, async ({ conversation, page }) => {
    await page.clock.install({ time: new Date(`${year}-06-01T12:00:00Z`) });
    await conversation.openPost(PATH);
    site.proxy.decide = ({ method, path }) => (method === 'POST' || path.includes('/submissions/') ? 'cut-before' : null);
    await conversation.write(`${TEXT}in ${year}`);
    await conversation.send();
    await outcomeIn(conversation);
    site.proxy.decide = () => null;
    // The clock is put right, which is a leap of many years.
    await page.clock.setSystemTime(new Date());
    await page.reload();
    await conversation.goToComments();
    await expectPublishedOnce(conversation, `in ${year}`);
  });
}
