import type { ConverseStreamEvent } from "../conversation/types.ts";
import { toStreamFailure } from "./errors.ts";
import { createFrameReader, type Frame, type FrameReader } from "./event-stream.ts";

/**
 * Decoded events of a ConverseStream body, grouped as they arrived: one array per network read, so that what came
 * together can be written together.
 * @throws BedrockOpenAIError after the last good event: for exceptions inside the stream, broken frames, a lost
 *   connection, and a stream that ends before `messageStop`.
 */
export async function* readStreamEvents(
  body: AsyncIterable<Uint8Array>,
  model: string,
): AsyncGenerator<ConverseStreamEvent[], void, undefined> {
  const reader = createFrameReader();
  let complete = false;
  try {
    for await (const bytes of body) {
      const { events, failure } = readEvents(reader, bytes);
      complete ||= events.some((event) => event.messageStop);
      if (events.length > 0) yield events;
      if (failure) throw failure;
    }
    reader.end();
    if (!complete) throw new Error("The stream ended before messageStop.");
  } catch (error) {
    throw toStreamFailure(error, model);
  }
}

/** What was good before a failure in the same read is kept. */
function readEvents(
  reader: FrameReader,
  bytes: Uint8Array,
): { events: ConverseStreamEvent[]; failure?: unknown } {
  const frames: Frame[] = [];
  const events: ConverseStreamEvent[] = [];
  let failure: unknown;
  try {
    reader.push(bytes, frames);
  } catch (error) {
    failure = error;
  }
  try {
    for (const frame of frames) events.push(toEvent(frame));
  } catch (error) {
    failure = error;
  }
  return { events, failure };
}

/** @throws What AWS reports inside the stream, as the SDK would name it. */
function toEvent({ headers, payload }: Frame): ConverseStreamEvent {
  const type = headers["event-type"] ?? "";
  // Some decoders of AWS's have seen exceptions under `:event-type`; both are one thing.
  if (headers["message-type"] === "event" && !type.endsWith("Exception")) {
    // Written out for the one event that comes thousands of times: a computed key costs as much as the parse.
    if (type === "contentBlockDelta") return { contentBlockDelta: JSON.parse(payload) as BlockDelta };
    return KNOWN.has(type) ? { [type]: JSON.parse(payload) as unknown } : {};
  }
  const details = parseDetails(payload);
  throw Object.assign(new Error(headers["error-message"] ?? details.message ?? payload), {
    name: headers["exception-type"] ?? headers["error-code"] ?? type,
    originalStatusCode: details.originalStatusCode,
  });
}

type BlockDelta = NonNullable<ConverseStreamEvent["contentBlockDelta"]>;

/** Of events that AWS adds one day we know nothing, not even that they are JSON. */
const KNOWN: ReadonlySet<string> = new Set([
  "messageStart",
  "contentBlockStart",
  "contentBlockStop",
  "messageStop",
  "metadata",
]);

interface ExceptionDetails {
  message?: string;
  originalStatusCode?: number;
}

function parseDetails(payload: string): ExceptionDetails {
  try {
    const { message, Message, originalStatusCode } = JSON.parse(payload) as ExceptionDetails & {
      Message?: string;
    };
    return { message: String(message ?? Message ?? ""), ...(originalStatusCode && { originalStatusCode }) };
  } catch {
    return {};
  }
}
