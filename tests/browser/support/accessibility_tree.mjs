// The accessibility tree as Chromium hands it to screen readers, as lines of text that can be compared.

// States that are reported when they are set.
const STATES = ['level', 'checked', 'pressed', 'expanded', 'disabled', 'url'];
// How many boxes a text is set in is not what it says.
const BOXES = new Set(['InlineTextBox', 'LineBreak', 'ListMarker']);

// Returns nodes {role, name, states, children}, the root first. What is ignored gives its children to its parent, and texts that
// follow each other are one.
export async function accessibilityTree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const [root] = treesOf(nodes.find(({ parentId }) => parentId === undefined), byId);
  return root;
}

function treesOf(node, byId) {
  const children = joinTexts((node.childIds ?? []).flatMap((id) => (byId.has(id) ? treesOf(byId.get(id), byId) : [])));
  const role = node.role?.value;
  if (BOXES.has(role)) return [];
  if (node.ignored || role === 'generic') return children;
  const states = (node.properties ?? []).filter(({ name, value }) => STATES.includes(name) && value.value !== false);
  return [{ role, name: flat(node.name?.value ?? ''), states: states.map(({ name, value }) => `${name}=${value.value}`), children }];
}

function joinTexts(children) {
  const joined = [];
  for (const child of children) {
    const last = joined.at(-1);
    if (child.role === 'StaticText' && last?.role === 'StaticText') last.name = flat(`${last.name}${child.name}`);
    else joined.push(child);
  }
  return joined.filter(({ role, name }) => role !== 'StaticText' || name.trim() !== '');
}

function flat(text) {
  return text.replace(/\s+/g, ' ');
}

// A line per node, with a step to the right per level.
export function linesOf(tree, depth = 0) {
  const own = [' '.repeat(depth) + tree.role, JSON.stringify(tree.name.trim()), ...tree.states].join(' ');
  return [own, ...tree.children.flatMap((child) => linesOf(child, depth + 1))];
}

// The tree without the nodes for which `isLeftOut` is true.
export function without(tree, isLeftOut) {
  return { ...tree, children: tree.children.filter((child) => !isLeftOut(child)).map((child) => without(child, isLeftOut)) };
}
