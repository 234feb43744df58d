// One request to a comments server. It never throws: no answer is an answer with status 0.

/** @import { EngineAnswer, EngineCall } from './messages.d.ts' */

const LONGEST_WAIT_MS = 30_000;
const MOST_BYTES = 8 << 20;

// Returns {status, body, retryAfter in seconds, unsent}. Where the browser knows that it has no network nothing is sent; the other way
// round it knows nothing.
/** @type {(call: EngineCall) => Promise<EngineAnswer>} */
export async function callEngine({ method, url, headers, body, cookies }) {
  if (navigator.onLine === false) return { status: 0, body: '', retryAfter: 0, unsent: true };
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: method === 'GET' ? undefined : body,
      credentials: cookies ? 'include' : 'omit',
      cache: 'no-cache',
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    });
    const text = await response.text();
    // An answer cut short may parse as a shorter one.
    if (text.length > MOST_BYTES) return { status: 0, body: '', retryAfter: 0 };
    return { status: response.status, body: text, retryAfter: secondsOf(response.headers.get('Retry-After')) };
  } catch {
    return { status: 0, body: '', retryAfter: 0 };
  }
}

// Seconds, or a date.
/** @type {(retryAfter: string | null, now?: number) => number} */
export function secondsOf(retryAfter, now = Date.now()) {
  if (!retryAfter) return 0;
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : Math.ceil((Date.parse(retryAfter) - now) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) : 0;
}
