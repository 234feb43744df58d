// The contract (assets/comments/openapi.json) as a checker of live answers, which also records what was never checked.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { ROOT } from './comment_server.mjs';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export async function readContract() {
  return JSON.parse(await readFile(join(ROOT, 'assets/comments/openapi.json'), 'utf8'));
}

export class Contract {
  #seen = new Set();

  constructor(document) {
    this.document = document;
    this.ajv = new Ajv2020.default({ strict: false, allErrors: true });
    addFormats.default(this.ajv);
    this.ajv.addSchema(document, 'contract');
  }

  // `path` is the template as the contract writes it ("/comments/{id}"). Fails unless the answer is one it describes.
  check(method, path, response, body) {
    const operation = this.document.paths[path]?.[method];
    assert.ok(operation, `the contract has no ${method} ${path}`);
    const status = String(response.status);
    assert.ok(operation.responses[status], `the contract has no ${status} for ${method} ${path}: ${body}`);
    this.#seen.add(`${operation.operationId} ${status}`);
    const { content, headers = {} } = this.#resolve(operation.responses[status]);
    if (!content) {
      assert.equal(body, '', `${method} ${path} ${status} has no body`);
      return null;
    }
    const mediaType = response.headers.get('content-type').split(';')[0];
    assert.ok(content[mediaType], `${method} ${path} ${status} came as ${mediaType}`);
    for (const name of Object.keys(headers)) {
      if (!['Retry-After', 'Idempotent-Replay'].includes(name)) assert.ok(response.headers.get(name), `${name} is missing`);
    }
    if (!/json$/.test(mediaType)) return body;
    const json = JSON.parse(body);
    this.checkSchema(content[mediaType].schema, json, `${method} ${path} ${status}`);
    if (mediaType === 'application/problem+json') assert.equal(json.status, response.status);
    return json;
  }

  checkSchema(schema, value, what) {
    const validate = this.ajv.compile(this.#absolute(schema));
    assert.ok(validate(value), `${what}: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
  }

  // Documented answers that no check saw, as "operation status".
  unseen() {
    const all = [];
    for (const path of Object.values(this.document.paths)) {
      for (const method of METHODS) {
        for (const status of Object.keys(path[method]?.responses ?? {})) all.push(`${path[method].operationId} ${status}`);
      }
    }
    return all.filter((answer) => !this.#seen.has(answer));
  }

  #resolve(object) {
    return object.$ref ? object.$ref.slice(2).split('/').reduce((node, key) => node[key], this.document) : object;
  }

  #absolute(schema) {
    return JSON.parse(JSON.stringify(schema), (key, value) => (key === '$ref' ? `contract${value}` : value));
  }
}
