// The conversation below a post as its readers know it. With reader_page.mjs the only place with selectors.
import { ReaderPage } from './reader_page.mjs';

export class ConversationPage extends ReaderPage {
  // Opens a post and goes down to its comments.
  async openPost(path) {
    await this.open(path);
    await this.goToComments();
  }

  goToReply() {
    return this.page.locator('#reply').scrollIntoViewIfNeeded();
  }

  async goToComments() {
    await this.goToReply();
    await this.field('Comment').waitFor();
  }

  get thread() {
    return this.page.getByRole('region', { name: 'Comments', exact: true });
  }

  get form() {
    return this.page.getByRole('group', { name: 'Leave a Reply' });
  }

  // By its label, which may go on (", optional").
  field(label) {
    return this.form.getByRole('textbox', { name: label });
  }

  formButton(name) {
    return this.form.getByRole('button', { name, exact: true });
  }

  // The comment with this text; replies are inside their parents.
  comment(text) {
    return this.thread.getByRole('article').filter({ hasText: text }).last();
  }

  async write(text, name = 'Ann Reader') {
    await this.field('Comment').fill(text);
    await this.field('Name').fill(name);
  }

  send() {
    return this.formButton('Post Comment').click();
  }

  async expectComment(text) {
    await this.comment(text).waitFor();
  }

  articleText() {
    return this.page.evaluate(() => document.querySelector('.prose').textContent);
  }

  // Goes down to the comments and waits until there are as many. Works in every browser.
  async expectThread(count) {
    await this.page.evaluate(() => document.getElementById('reply').scrollIntoView());
    await this.page.waitForFunction((wanted) => document.querySelectorAll('#comments article').length >= wanted, count);
  }

  // Waits until the page has all of these texts.
  async expectMarks(texts) {
    await this.page.waitForFunction((wanted) => wanted.every((text) => document.body.textContent.includes(text)), texts);
  }

  // What is said about a comment that is not done.
  async expectState(text, state) {
    await this.comment(text).getByText(state).waitFor();
  }

  async expectKept() {
    await this.form.getByText('draft kept in this browser').waitFor();
  }

  // Not one of its buttons: the comment itself has the focus.
  async expectFocusedComment(text) {
    await this.page.waitForFunction((wanted) => document.activeElement.matches('article') && document.activeElement.innerText.includes(wanted), text);
  }

  // What the field holds, and where the caret is.
  draft() {
    return this.field('Comment').evaluate((field) => ({ text: field.value, caret: [field.selectionStart, field.selectionEnd] }));
  }

  async expectDraft(text) {
    await this.page.waitForFunction((wanted) => document.querySelector('.composer textarea')?.value === wanted, text);
  }

  // The store has it: from here on it cannot get lost.
  async expectStored() {
    const before = this.storedCount ?? 0;
    while ((await this.kept()).records.length <= before) await this.settle();
    this.storedCount = before + 1;
  }

  // `file` is a path or {name, mimeType, buffer}; what is kept must be listed.
  async import(file) {
    const chooser = this.page.waitForEvent('filechooser');
    await this.button('Import').click();
    await (await chooser).setFiles(file);
  }

  // Everything that IndexedDB keeps for the site.
  kept() {
    return this.page.evaluate(async () => {
      const [{ name }] = (await indexedDB.databases()).filter((database) => database.name.endsWith('conversation'));
      const db = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const all = (store) => new Promise((resolve) => {
        db.transaction(store).objectStore(store).getAll().onsuccess = (event) => resolve(event.target.result);
      });
      const [drafts, records] = [await all('drafts'), await all('records')];
      db.close();
      return { drafts: drafts.map(({ draft }) => JSON.parse(draft)), records: records.map(({ record }) => JSON.parse(record)) };
    });
  }
}
