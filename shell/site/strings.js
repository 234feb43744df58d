// All text that the shell itself shows to people. All other text comes from the core.

export const STRINGS = Object.freeze({
  newRelease: 'There is a newer version of this page.',
  showNewRelease: 'Show it',
  later: 'Later',
  crashed: 'Something went wrong in the reader. The page stays readable; reload it to use the reader again.',
});

// The page about saved posts. Values replace "{}".
export const OFFLINE_STRINGS = /* @__PURE__ */ Object.freeze({
  saved: '{} of {} {} are on this device, {} in all.',
  savedAll: 'All {} {} are on this device, {} in all. They open without a network.',
  onlyPosts: 'posts',
  postsAndPages: 'posts and pages',
  saving: 'Saving posts',
  promised: 'This browser has promised to keep them.',
  removable: 'The browser may remove them when the device runs out of room.',
  save: 'Save everything',
  tryAgain: 'Try again',
  remove: 'Remove what is saved',
  removed: 'Nothing will be saved until you ask for it; posts that you read are kept.',
  failed: 'Not saved:',
  olderPosts: 'Older posts, part {}',
  lists: 'The list of posts',
  posts: 'Posts',
  comments: 'The comment form',
  reasons: Object.freeze({
    missing: 'the site does not have it now',
    refused: 'the site refuses it now',
    mismatch: 'the site sent something else; perhaps it is being updated',
    network: 'there is no connection',
    full: 'this device or browser has no room left',
  }),
  failedItem: '{}: {}.',
  images: 'Images',
  imagesExplained: 'The text of posts is saved by itself. Choose here which posts are kept with their images, too.',
  imagesLater: 'Posts that have images are listed here once their text is saved.',
  find: 'Find posts by title or tag',
  someImages: '{} of {} images kept',
  countImages: '{} images',
  oneImage: '1 image',
  noRoom: 'There is no room for these images.',
  keepShown: 'Keep all {} shown',
  more: 'There are more; type a title or a tag to find them.',
});

// The page for shared links.
export const SHARE_STRINGS = /* @__PURE__ */ Object.freeze({
  nothing: 'Nothing was shared.',
  below: 'Write about it below this post:',
  choose: 'Below which post do you want to write about it?',
  find: 'Find a post by its title',
  noPosts: 'The list of posts could not be loaded. Try again when there is a connection.',
  notKept: 'This browser keeps nothing for this blog, so no draft can be made. Open the post and write there.',
});

/** @type {(text: string, ...values: string[]) => string} */
export function fillIn(text, ...values) {
  return values.reduce((filled, value) => filled.replace('{}', value), text);
}
