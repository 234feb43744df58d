// Every text that the shell itself shows to a person; what the reader says comes from the core.

export const STRINGS = Object.freeze({
  newRelease: 'There is a newer version of this page.',
  showNewRelease: 'Show it',
  later: 'Later',
  crashed: 'Something went wrong in the reader. The page stays readable; reload it to use the reader again.',
});
