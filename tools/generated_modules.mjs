// An esbuild plugin: bundles get the modules that are made from C++ source ("#elements", "#constants") as plain values.
import * as elements from './element_table.mjs';
import * as constants from './shared_constants.mjs';

const MODULES = { '#elements': elements, '#constants': constants };

export const generatedModules = {
  name: 'generated-modules',
  setup(build) {
    build.onResolve({ filter: /^#/ }, ({ path }) => ({ path, namespace: 'generated' }));
    build.onLoad({ filter: /.*/, namespace: 'generated' }, ({ path }) => ({ contents: moduleOf(MODULES[path]) }));
  },
};

// Functions are the makers' own.
function moduleOf(values) {
  return Object.entries(values)
    .filter(([, value]) => typeof value !== 'function')
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
    .join('');
}
