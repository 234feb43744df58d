// Three tabs of one browser in which somebody writes comments on a post, reloads and closes tabs, and lets hours pass: what is to become of
// it is the same with every comments engine. Each text is a list of tokens, by which it is found again.
import assert from 'node:assert/strict';
import { poll } from './support/bounds.mjs';
import { randomFrom } from './support/random.mjs';
import { ConversationPage } from './conversation_page.mjs';

const TABS = 3;
const STEPS = 10;
const POST = 'posts/reading-a-file/';
// Longer than any wait of the outbox.
const LONG_MS = 2 * 3600 * 1000;

const tokensIn = (text) => text.match(/\bs\d+t\d+\b/g) ?? [];

// One browser with its tabs, and what its person has written and sent.
class Schedule {
  sent = new Set(); // tokens
  kept = new Set();
  orders = []; // of each life of a tab: its tokens in the order of sending
  #context;
  #url;
  #random;
  #number;
  #tabs = [];
  #written = 0;
  #person;

  constructor(context, url, random, number, person) {
    this.#context = context;
    this.#url = url;
    this.#random = random;
    this.#number = number;
    this.#person = person;
  }

  async run() {
    for (let i = 0; i < TABS; ++i) this.#tabs.push(await this.#open());
    for (let step = 0; step < STEPS; ++step) await this.#step();
  }

  async #open() {
    const page = await this.#context.newPage();
    if (this.#person.skipsHours) await page.clock.install();
    const conversation = new ConversationPage(page, this.#url);
    await conversation.openPost(POST);
    this.orders.push([]);
    return { conversation, order: this.orders.at(-1) };
  }

  async #step() {
    const i = this.#random(TABS);
    const { conversation } = this.#tabs[i];
    switch (this.#random(8)) {
      case 0:
        await conversation.page.close();
        this.#tabs[i] = await this.#open();
        return;
      case 1:
        await conversation.page.reload();
        await conversation.goToComments();
        this.orders.push([]);
        this.#tabs[i].order = this.orders.at(-1);
        return;
      case 2:
        await this.#letHoursPass(conversation);
        return;
      case 3:
      case 4:
        await this.#write(conversation);
        return;
      default:
        await this.#write(conversation);
        await this.#send(this.#tabs[i]);
    }
  }

  // Nobody sends anew what was sent already, in whatever tab.
  async #write(conversation) {
    const { text } = await conversation.draft();
    const token = `s${this.#number}t${this.#written++}`;
    const words = [...tokensIn(text).filter((each) => !this.sent.has(each)), token];
    await conversation.write(words.join(' '));
    if (this.#person.email) await conversation.field('E-mail').fill(this.#person.email);
    await conversation.expectKept();
    for (const word of words) this.kept.add(word);
  }

  // What the form holds goes; it is in the store before anything else is done.
  async #send({ conversation, order }) {
    const words = tokensIn((await conversation.draft()).text);
    const { length } = (await conversation.kept()).records;
    await conversation.send();
    for (const word of words) this.sent.add(word);
    order.push(...words);
    while ((await conversation.kept()).records.length <= length) await conversation.settle();
  }

  // Where the engine tells from the time which comment is whose, its hours would have to pass as well.
  async #letHoursPass(conversation) {
    if (this.#person.skipsHours) await conversation.page.clock.fastForward(LONG_MS);
    await conversation.settle();
  }

  // Lets time pass until nothing waits any more; returns what the device still has.
  finish() {
    return poll(async () => {
      const { drafts, records } = await this.#tabs[0].conversation.kept();
      if (records.every(({ state }) => state === 'published')) return { drafts };
      const stopped = records.filter(({ state }) => ['refused', 'asking', 'held'].includes(state));
      if (stopped.length > 0) return { drafts, stopped };
      for (const { conversation } of this.#tabs) await this.#letHoursPass(conversation);
      return null;
    }, 'everything has been sent');
  }
}

// Runs one schedule in a browser of its own. `site` has its {url, proxy}; `fault(request, random)` is what becomes of a request, as the proxy's
// decide(); `stored()` resolves to all texts that the engine has, in their order; `person` may have an `email`, and `skipsHours` while
// comments wait. Resolves to how many texts were stored, after it has checked that each is there once, in order, and that no draft is lost.
export async function runSchedule(browser, site, number, { seed, fault, stored, person }) {
  const random = randomFrom(seed);
  site.proxy.decide = (request) => fault(request, random);
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  try {
    const schedule = new Schedule(context, site.url, random, number, person);
    await schedule.run();
    const { drafts, stopped = [] } = await schedule.finish();
    const name = `schedule with seed ${seed}`;
    assert.deepEqual(stopped, [], name);
    const own = (await stored()).flatMap(tokensIn).filter((token) => token.startsWith(`s${number}t`));
    assert.deepEqual([...own].sort(), [...schedule.sent].sort(), `${name}: each once`);
    for (const order of schedule.orders) assert.deepEqual(own.filter((token) => order.includes(token)), order, `${name}: in order`);
    const waiting = drafts.flatMap(({ text }) => tokensIn(text));
    for (const token of schedule.kept) assert.ok(own.includes(token) || waiting.includes(token), `${name}: ${token} is lost`);
    return own.length;
  } finally {
    await context.close();
  }
}
