// Small blogs whose every text says which release it is of, so that a mixture can be seen on the page.

export const SLUGS = ['one', 'two', 'three', 'four'];

// A release in which everything says `mark`, site and posts alike.
export function markedBlog(mark) {
  const posts = Object.fromEntries(SLUGS.map((slug, i) => [slug, post(slug, `${slug} of ${mark}.`, i)]));
  return { settings: settings(mark), posts, extra: { 'dot.svg': image(mark) } };
}

// The same site with one post changed.
export function withChangedPost(blog, slug, text) {
  return { ...blog, posts: { ...blog.posts, [slug]: post(slug, text, SLUGS.indexOf(slug)) } };
}

// A blog of `count` posts with summaries and tags, of about two kilobytes each.
export function longBlog(count) {
  const posts = {};
  for (let i = 0; i < count; ++i) {
    const words = Array.from({ length: 60 }, (_, k) => `word${(i * 31 + k * 17) % 997}`).join(' ');
    posts[`post-${String(i).padStart(4, '0')}`] = `---\ntitle: "Post & <${i}>"\ndate: ${day(i)}\ntags: [even-${i % 2}, "Tag ${i % 7}"]\n---\n\nPost ${i}: ${words}.\n`;
  }
  return { settings: settings('long'), posts };
}

// "release-a", "release-b", ... "release-ba"
export function markOf(number) {
  return `release-${[...number.toString(26)].map((digit) => String.fromCharCode(97 + parseInt(digit, 26))).join('')}`;
}

// Marks of releases in a text.
export function marksIn(text) {
  return [...new Set([...text.matchAll(/release-[a-z]+/g)].map(([mark]) => mark))].sort();
}

function settings(mark) {
  return `title = "Blog of ${mark}"\ndescription = "All of ${mark}"\nlanguage = "en"\n\n[[links]]\ntitle = "Link of ${mark}"\nurl = "https://example.org/"\n`;
}

function post(slug, text, i) {
  return `---\ntitle: Post ${slug}\ndate: ${day(i)}\nsummary: ${text}\n---\n\n${text}\n\n![Dot](dot.svg)\n\n${'A line to scroll past.\n\n'.repeat(60)}`;
}

function day(i) {
  return new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
}

function image(mark) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><title>${mark}</title><rect width="40" height="40"/></svg>`;
}
