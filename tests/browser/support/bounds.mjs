// How long tests wait for events that must happen. No test is about speed: the bounds only end what would never end, and a machine that has
// other things to do must not reach them.

// For one condition, one navigation, one answer of the browser.
export const LONGEST_WAIT_MS = Number(process.env.OCTAVO_LONGEST_WAIT_MS ?? 180_000);
// For a whole test.
export const TEST_TIMEOUT_MS = 900_000;

// Between two questions. A wait ends with the answer, never with the pause.
const PAUSE_MS = 50;
// Firefox never answers some questions about a document that is just going.
const UNANSWERED_MS = 20_000;

// Asks until the answer is truthy, and returns it. A question that throws or is not answered is asked again: the document that it was put to
// may just have gone.
export async function poll(question, what = String(question)) {
  const end = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const { answer, error } = await asked(question);
    if (answer) return answer;
    if (performance.now() > end) throw error ?? new Error(`never true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function asked(question) {
  let timer;
  const unanswered = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${UNANSWERED_MS} ms`)), UNANSWERED_MS);
  });
  try {
    return { answer: await Promise.race([question(), unanswered]) };
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
  }
}
