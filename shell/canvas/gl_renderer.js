// Draws frames of Dear ImGui on the canvas's WebGL 2 context. Done: textures, premultiplied blending, scissors, loss of the context.
// Left out on purpose: saving and restoring GL state (nothing else draws here), vertex offsets, a transparent canvas.

const VERTEX_SHADER = `#version 300 es
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 texture_place;
layout(location = 2) in vec4 color;
uniform vec2 canvas_size;
out vec2 place;
out vec4 tint;
void main() {
  place = texture_place;
  tint = vec4(color.rgb * color.a, color.a);
  gl_Position = vec4(position / canvas_size * vec2(2, -2) + vec2(-1, 1), 0, 1);
}`;

// Words come as premultiplied pixels under a white tint, shapes as a tint on a white pixel: the product is right for both.
const FRAGMENT_SHADER = `#version 300 es
precision mediump float;
uniform sampler2D page;
in highp vec2 place;
in vec4 tint;
out vec4 pixel;
void main() { pixel = tint * texture(page, place); }`;

// ImDrawVert: two floats position, two floats texture place, four bytes color.
const VERTEX_BYTES = 20;
const INDEX_BYTES = 4;
// DrawCommand in src/browser/imports.h, in 32-bit words.
export const COMMAND_FIELDS = 7;

export class GlRenderer {
  #gl;
  /** @type {Map<number, WebGLTexture>} */
  #textures = new Map();
  #lastTexture = 0;
  // These belong to the current context.
  /** @type {WebGLProgram | null} */
  #program;
  #isPrepared = false;
  /** @type {WebGLUniformLocation | null} */
  #canvasSize = null;
  #canvasHeight = 0;

  /** @param {WebGL2RenderingContext} gl */
  constructor(gl) {
    this.#gl = gl;
    // The driver compiles while the program loads.
    this.#program = this.#linkProgram();
  }

  /** @type {() => number} */
  maxTextureSize() {
    return this.#gl.getParameter(this.#gl.MAX_TEXTURE_SIZE) ?? 0;
  }

  /** @type {(number: number) => WebGLTexture | null} */
  texture(number) {
    return this.#textures.get(number) ?? null;
  }

  // Returns the texture's number. Nothing is filtered: what is painted on whole pixels is shown texel by texel.
  /** @type {(width: number, height: number) => number} */
  createTexture(width, height) {
    const gl = this.#gl;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, wrap, gl.CLAMP_TO_EDGE);
    this.#lastTexture += 1;
    this.#textures.set(this.#lastTexture, texture);
    return this.#lastTexture;
  }

  /** @type {(number: number) => void} */
  deleteTexture(number) {
    this.#gl.deleteTexture(this.texture(number));
    this.#textures.delete(number);
  }

  /** @type {(number: number, width: number, height: number, pixels: Uint8Array) => void} */
  fillTexture(number, width, height, pixels) {
    const gl = this.#gl;
    gl.bindTexture(gl.TEXTURE_2D, this.texture(number));
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  }

  // Device pixels.
  /** @type {(width: number, height: number) => void} */
  beginFrame(width, height) {
    const gl = this.#gl;
    this.prepare();
    this.#canvasHeight = height;
    gl.viewport(0, 0, width, height);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.enable(gl.SCISSOR_TEST);
    gl.uniform2f(this.#canvasSize, width, height);
  }

  /** @type {(vertices: Uint8Array<ArrayBuffer>, indices: Uint8Array<ArrayBuffer>, commands: Int32Array) => void} */
  draw(vertices, indices, commands) {
    const gl = this.#gl;
    gl.bufferData(gl.ARRAY_BUFFER, vertices, gl.STREAM_DRAW);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indices, gl.STREAM_DRAW);
    for (let i = 0; i < commands.length; i += COMMAND_FIELDS) {
      const [left, top, width, height, texture, first, count] = commands.subarray(i, i + COMMAND_FIELDS);
      gl.scissor(left, this.#canvasHeight - top - height, width, height);
      gl.bindTexture(gl.TEXTURE_2D, this.texture(texture));
      gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, first * INDEX_BYTES);
    }
  }

  // On a lost context the deletions do nothing.
  dropDeviceObjects() {
    this.#gl.deleteProgram(this.#program);
    this.#program = null;
    this.#isPrepared = false;
    for (const number of [...this.#textures.keys()]) this.deleteTexture(number);
  }

  // Asks for no result, so that nothing waits for the driver.
  #linkProgram() {
    const gl = this.#gl;
    const program = gl.createProgram();
    const sources = { VERTEX_SHADER, FRAGMENT_SHADER };
    for (const kind of /** @type {const} */ (['VERTEX_SHADER', 'FRAGMENT_SHADER'])) {
      const shader = gl.createShader(gl[kind]);
      if (shader === null) break; // the context is lost
      gl.shaderSource(shader, sources[kind]);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    return program;
  }

  // Creates what belongs to the context, and returns whether it was missing. The browser waits for the driver here. Nothing else
  // draws on this context, so what is bound here stays bound.
  prepare() {
    if (this.#isPrepared) return false;
    this.#isPrepared = true;
    const gl = this.#gl;
    this.#program ??= this.#linkProgram();
    gl.useProgram(this.#program);
    this.#canvasSize = gl.getUniformLocation(this.#program, 'canvas_size');
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    for (const attribute of [0, 1, 2]) gl.enableVertexAttribArray(attribute);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, VERTEX_BYTES, 0);
    gl.vertexAttribPointer(1, 2, gl.FLOAT, false, VERTEX_BYTES, 8);
    gl.vertexAttribPointer(2, 4, gl.UNSIGNED_BYTE, true, VERTEX_BYTES, 16);
    return true;
  }
}
