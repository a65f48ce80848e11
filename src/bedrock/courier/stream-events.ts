import { keepShape } from "../../keep-shape.ts";
import type { ConverseStreamEvent } from "../../conversation/types.ts";
import { isEvent } from "../../conversation/well-formed.ts";
import { type Mapped, mapped, type Steps } from "../../mapped.ts";
import { toStreamFailure } from "../errors/errors.ts";
import { type Frame, FrameReader, payloadOf } from "./event-stream.ts";
import { readTextDelta } from "./text-delta.ts";

/** What one API's frames say. */
export interface EventDecoder<Event = ConverseStreamEvent> {
  /** Adds what an event of this type says. @param frame Holds its payload. */
  decode(type: string, frame: Frame, events: Event[]): void;
  /** Adds what is left to say after the last frame; false where the answer is not complete. */
  end(events: Event[]): boolean;
}

/**
 * Decoded events of an event stream, grouped as they arrived: one array per network read, so that what came together can
 * be written together.
 * @throws BedrockOpenAIError after the last good event: for exceptions inside the stream, broken frames, a lost
 *   connection, and a stream that ends before the answer does.
 */
export const readStreamEvents = (
  body: AsyncIterable<Uint8Array>,
  model: string,
  decoder: EventDecoder,
): Mapped<ConverseStreamEvent[]> => readFrames(body, model, decoder, isEvent);

/**
 * The same of events of any kind.
 * @param isSound What is none breaks the answer off.
 */
export const readFrames = <Event>(
  body: AsyncIterable<Uint8Array>,
  model: string,
  decoder: EventDecoder<Event>,
  isSound: (event: Event) => boolean,
): Mapped<Event[]> => mapped(body[Symbol.asyncIterator](), new FrameSteps(model, decoder, isSound));

class FrameSteps<Event> implements Steps<Uint8Array, Event[]> {
  readonly #reader = new FrameReader();
  readonly #model: string;
  readonly #decoder: EventDecoder<Event>;
  readonly #isSound: (event: Event) => boolean;
  #failure: unknown;

  constructor(model: string, decoder: EventDecoder<Event>, isSound: (event: Event) => boolean) {
    this.#model = model;
    this.#decoder = decoder;
    this.#isSound = isSound;
  }

  before(): void {
    if (this.#failure) throw this.#failure;
  }

  piece(bytes: Uint8Array): Event[] | undefined {
    const events: Event[] = [];
    try {
      this.#reader.push(bytes);
      this.#read(events);
    } catch (error) {
      // What was good before it in the same read is told first.
      this.#failure = error;
    }
    return events.length > 0 ? events : undefined;
  }

  last(): Event[] | undefined {
    this.#reader.end();
    const events: Event[] = [];
    if (!this.#decoder.end(events)) throw new Error("The stream ended before the answer did.");
    return events.length > 0 ? events : undefined;
  }

  failed(error: unknown): never {
    throw toStreamFailure(error, this.#model);
  }

  /** Adds what the frames say that are complete. */
  #read(events: Event[]): void {
    const reader = this.#reader;
    const decoder = this.#decoder;
    let headers: Frame["headers"] | undefined;
    let type = "";
    for (let frame = reader.next(); frame; frame = reader.next()) {
      // Frames that say the same of themselves share it.
      if (frame.headers !== headers) {
        headers = frame.headers;
        type = typeOf(frame);
      }
      const known = events.length;
      decoder.decode(type, frame, events);
      for (let at = known; at < events.length; at += 1)
        if (!this.#isSound(events[at]!)) {
          events.length = at;
          throw new Error(`An event of the stream is none that can be read: ${type.slice(0, 64)}.`);
        }
    }
  }
}

/** The events of a ConverseStream body. */
export const readConverseEvents = (
  body: AsyncIterable<Uint8Array>,
  model: string,
): Mapped<ConverseStreamEvent[]> => readStreamEvents(body, model, new ConverseDecoder());

class ConverseDecoder implements EventDecoder {
  #isComplete = false;
  #isCounted = false;

  decode(type: string, frame: Frame, events: ConverseStreamEvent[]): void {
    // Behind its end stands what the answer cost, once, and nothing that belongs to it.
    if (this.#isComplete && (type !== "metadata" || this.#isCounted)) return;
    // Written out for the one event that comes thousands of times: a computed key costs as much as the parse.
    if (type === "contentBlockDelta") {
      events.push({
        contentBlockDelta: readTextDelta(frame) ?? (JSON.parse(payloadOf(frame)) as BlockDelta),
      });
      return;
    }
    if (!KNOWN.has(type)) return;
    if (type === "messageStop") this.#isComplete = true;
    if (type === "metadata") this.#isCounted = true;
    events.push({ [type]: JSON.parse(payloadOf(frame)) as unknown });
  }

  end(): boolean {
    return this.#isComplete;
  }
}

/** @throws What it reports, where it is no event. */
function typeOf(frame: Frame): string {
  const type = frame.headers["event-type"] ?? "";
  // Some decoders of AWS's have seen exceptions under `:event-type`; both are one thing.
  if (frame.headers["message-type"] !== "event" || type.endsWith("Exception"))
    throw toException(frame.headers, payloadOf(frame));
  return type;
}

/** What AWS reports inside the stream, as the SDK would name it. */
function toException(headers: Frame["headers"], payload: string): Error {
  const details = parseDetails(payload);
  return Object.assign(new Error(headers["error-message"] ?? details.message ?? payload), {
    name: headers["exception-type"] ?? headers["error-code"] ?? headers["event-type"] ?? "",
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

keepShape(new FrameSteps("", new ConverseDecoder(), isEvent));
