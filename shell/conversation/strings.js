// What the script of the conversation itself shows to a person; the rest is in src/core/reader/conversation_strings.h.

const number = new Intl.NumberFormat('en');

export const CONVERSATION_STRINGS = Object.freeze({
  count: (characters) => `${number.format(characters)} ${characters === 1 ? 'character' : 'characters'}`,
  left: (characters) => `${number.format(characters)} characters left`,
  tooLong: (characters) => `${number.format(characters)} characters too many`,
  kept: 'draft kept in this browser',
  notKept: 'draft not kept',
});
