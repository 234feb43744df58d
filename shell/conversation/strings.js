// What the script of the conversation itself shows to a person; the rest is in src/core/page/conversation_strings.h.

const number = new Intl.NumberFormat('en');

/** @type {(count: number) => string} */
function characters(count) {
  return `${number.format(count)} ${count === 1 ? 'character' : 'characters'}`;
}

export const CONVERSATION_STRINGS = Object.freeze({
  count: characters,
  /** @type {(count: number) => string} */
  left: (count) => `${characters(count)} left`,
  /** @type {(count: number) => string} */
  tooLong: (count) => `${characters(count)} too many`,
  kept: 'draft kept in this browser',
  notKept: 'draft not kept',
});
