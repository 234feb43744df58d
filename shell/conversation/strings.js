// What the script of the conversation itself shows to a person; the rest is in src/core/page/conversation_strings.h.

const number = new Intl.NumberFormat('en');

function characters(count) {
  return `${number.format(count)} ${count === 1 ? 'character' : 'characters'}`;
}

export const CONVERSATION_STRINGS = Object.freeze({
  count: characters,
  left: (count) => `${characters(count)} left`,
  tooLong: (count) => `${characters(count)} too many`,
  kept: 'draft kept in this browser',
  notKept: 'draft not kept',
});
