// Makes the real program trap: its memory is overwritten, so that the next call fails.

// Call this before the page is opened.
export function keepWasmMemory(page) {
  return page.addInitScript(() => {
    window.wasmMemories = [];
    const keep = ({ exports }, imports) => {
      const values = [...Object.values(exports), ...Object.values(imports ?? {}).flatMap((module) => Object.values(module))];
      const memory = values.find((value) => value instanceof WebAssembly.Memory);
      if (memory !== undefined) window.wasmMemories.push(memory);
    };
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (source, imports) => {
        const result = await original.call(WebAssembly, source, imports);
        keep(result.instance ?? result, imports);
        return result;
      };
    }
  });
}

// The newest program's memory.
export function corruptWasmMemory(page) {
  return page.evaluate(() => new Uint8Array(window.wasmMemories.at(-1).buffer).fill(0xff));
}
