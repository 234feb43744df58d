// What JavaScript must not do: ESLint's recommended rules, and the rules of this project that a parser can see.
import js from '@eslint/js';
import globals from 'globals';

const restricted = (selector, message) => ({ selector, message });
const property = (pattern) => `MemberExpression[property.name=/^(${pattern})$/]`;

// Files of the shell that may see the memory of a WebAssembly program.
const BRIDGE = [
  'shell/program/bridge.js',
  'shell/program/program_imports.js',
  'shell/program/raster_runs.js',
  'shell/conversation/program.js',
];
const MARKUP = [
  restricted(property('innerHTML|outerHTML|insertAdjacentHTML'), 'Build elements with createElement and textContent.'),
  restricted("CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]", 'Build elements with createElement and textContent.'),
];
const MEMORY = [
  restricted("MemberExpression[property.name='buffer'][object.name='memory']", 'The memory of a program belongs to the bridge.'),
  restricted("MemberExpression[property.name='buffer'][object.property.name=/emory$/]", 'The memory of a program belongs to the bridge.'),
  restricted(property('HEAP[A-Z0-9]+|wasmMemory'), 'The memory of a program belongs to the bridge.'),
];
const SLEEPING = [
  restricted(property('waitForTimeout'), 'Tests wait for a condition.'),
];

export default [
  { ignores: ['build/', 'node_modules/'] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  { files: ['shell/**/*.js'], languageOptions: { globals: globals.browser }, rules: { 'no-restricted-syntax': ['error', ...MARKUP, ...MEMORY] } },
  { files: BRIDGE, rules: { 'no-restricted-syntax': ['error', ...MARKUP] } },
  { files: ['src/**/*.js'], languageOptions: { globals: globals.browser }, rules: { 'no-restricted-syntax': ['error', ...MARKUP] } },
  { files: ['shell/service_worker/**/*.js'], languageOptions: { globals: globals.serviceworker } },
  {
    files: ['tests/**/*.{js,mjs}', 'tools/**/*.mjs'],
    // What tests evaluate in a page has the page's names.
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  {
    files: ['tests/browser/**/*.mjs'],
    // What specs give to the pages that they evaluate in.
    languageOptions: { globals: { Readability: 'readonly', layer: 'readonly', shell: 'readonly', update: 'readonly' } },
  },
  { files: ['tests/**/*.{spec,test}.mjs'], rules: { 'no-restricted-syntax': ['error', ...SLEEPING] } },
];
