// Checks JSON Feed 1.1 with a schema by others.
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import schema from 'jsonfeed-schema/v1.1.js';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema);

// What is wrong with a feed, as text; empty when nothing is.
export function jsonFeedProblems(feed) {
  return validate(feed) ? '' : ajv.errorsText(validate.errors);
}
