/** How long an answer may take before an instance is thought to hang, in milliseconds. */
export const PATIENCE = 10_000;

/** No answer has come in time. */
class Silence extends Error {}

/** An answer, unless it takes longer than that. */
export async function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watchdog = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silence("no answer")), milliseconds);
  });
  try {
    return await Promise.race([answer, watchdog]);
  } finally {
    clearTimeout(timer);
  }
}
