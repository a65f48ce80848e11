import type { CallContext } from "../context.ts";
import { failureFrame } from "./failure-frame.ts";

/**
 * How long AWS may take to begin a streamed answer until the caller is told that it is on its way: a refusal until then is a
 * real HTTP status. Less than what stands between callers and servers waits for a first byte.
 */
const BEGINNING_GRACE_MS = 15_000;

/** What comes of it in time; undefined where AWS, or a model that thinks before it says a word, takes longer. */
export async function inTime<T>(answering: Promise<T>): Promise<T | undefined> {
  // Whoever reads on meets the rejection; until then it must not count as unhandled.
  answering.catch(() => undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const grace = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), BEGINNING_GRACE_MS);
  });
  try {
    return await Promise.race([answering, grace]);
  } finally {
    clearTimeout(timer);
  }
}

/** A failure in the frames of a wire, the last ones. @throws The caller's reason where the caller left. */
type TellFailure = (thrown: unknown, context: CallContext) => string;

/** The frames of an answer that has not begun yet. Its failure is a frame too, for the status line is gone. */
export async function* late(
  answering: Promise<{ stream: AsyncIterable<string> }>,
  context: CallContext,
  tellFailure: TellFailure = failureFrame,
): AsyncGenerator<string, void, undefined> {
  let stream: AsyncIterable<string>;
  try {
    ({ stream } = await answering);
  } catch (thrown) {
    try {
      yield tellFailure(thrown, context);
    } finally {
      context.release();
    }
    return;
  }
  yield* stream;
}
