import type {
  ContentBlock,
  ConverseStreamEvent,
  JsonObject,
  StopReason,
  Usage,
} from "../conversation/types.ts";

/** When the bytes of an answer leave. Everything defaults to "at once". */
export interface Pacing {
  /** Milliseconds before the status line and headers. */
  headersDelayMs?: number;
  /** Milliseconds between the headers and the first byte of the body. */
  firstEventDelayMs?: number;
  /** Milliseconds between two frames (or two `bytes` entries). */
  delayMs?: number;
  /** Write the body in pieces of this many bytes, so that frames and UTF-8 characters are torn apart. */
  splitBytes?: number;
}

/**
 * What goes wrong while an answer travels. `afterEvents` counts the whole frames that are sent before it.
 * On `Converse`, `InvokeModel` and whatever else has no frames, an `exception` becomes the HTTP error of that name, an `error-frame` a 500,
 * `reset` and `stall` happen before (-1) or inside the body, and every other kind cuts the JSON in half.
 */
export type Fault =
  | {
      /** A modelled exception inside the stream (`:message-type: exception`), e.g. `throttlingException`. */
      kind: "exception";
      afterEvents: number;
      type: string;
      message: string;
      /** Of `modelStreamErrorException`. */
      originalStatusCode?: number;
      /** Of `modelStreamErrorException`. */
      originalMessage?: string;
    }
  /** An unmodelled failure (`:message-type: error`), empty payload. */
  | { kind: "error-frame"; afterEvents: number; code: string; message: string }
  /** Stops in the middle of the next frame; the body then ends cleanly. */
  | { kind: "truncate"; afterEvents: number }
  /** Ends the body cleanly between two frames, without the rest. */
  | { kind: "end"; afterEvents: number }
  /** The next frame carries a wrong message CRC. */
  | { kind: "bad-crc"; afterEvents: number }
  /** The next frame carries a wrong prelude CRC. */
  | { kind: "bad-prelude"; afterEvents: number }
  /** The next frame's prelude, with a correct CRC, announces 100 MiB. */
  | { kind: "oversize"; afterEvents: number }
  /** The socket is destroyed; -1 = before the headers, 0 = after them. */
  | { kind: "reset"; afterEvents: number }
  /** Nothing more comes until the client leaves; -1 = before the headers, 0 = after them. */
  | { kind: "stall"; afterEvents: number };

/** How a reply is delivered. On its own it means: the default answer, delivered like this. */
export interface Delivery extends Pacing {
  fault?: Fault;
}

/**
 * An answer of the model, in Converse's words: served as Converse JSON or cut into a faithful event sequence, and by
 * InvokeModel in the words and chunks of the model's own. Bytes are base64.
 */
export interface AnswerReply extends Delivery {
  content: ContentBlock[];
  /** Default: `tool_use` when the content calls a tool, else `end_turn`. */
  stopReason?: StopReason;
  /** Default: an estimate of four characters a token. */
  usage?: Usage;
  additionalModelResponseFields?: unknown;
  trace?: JsonObject;
}

/** The exact JSON of a response. Only for what answers in one piece: `Converse`, `InvokeModel`, `ApplyGuardrail`, … */
export interface ResponseReply extends Delivery {
  response: unknown;
  /** Beside `content-type` and `content-length`; for InvokeModel, whose token counts stand here. */
  headers?: Record<string, string>;
}

/** The exact events of a stream, each framed with correct CRCs. Only for `ConverseStream`. */
export interface EventsReply extends Delivery {
  events: Iterable<ConverseStreamEvent>;
}

/**
 * The exact native chunks of a stream, each in base64 in a frame with correct CRCs; the emulator adds no
 * `amazon-bedrock-invocationMetrics`. Only for `InvokeModelWithResponseStream`, and for the streams of the native paths:
 * the data of each server-sent event, strings as they are, `"[DONE]"` included where it is wanted.
 */
export interface ChunksReply extends Delivery {
  chunks: Iterable<unknown>;
}

/** A raw body, each entry written separately, under status 200 unless told otherwise. */
export interface BytesReply extends Delivery {
  bytes: Iterable<Uint8Array>;
  headers?: Record<string, string>;
  status?: number;
}

/** An AWS error before anything else, with AWS's status for that name. */
export interface ErrorReply extends Delivery {
  error: {
    /** E.g. `ThrottlingException`. */
    name: string;
    message: string;
    status?: number;
    headers?: Record<string, string>;
    /** Further members of the exception, e.g. `originalStatusCode`. */
    members?: JsonObject;
    /** Replaces `{"message":…}` verbatim: HTML, an empty string, `{}`. */
    body?: string;
  };
}

/** What the emulator does with one inference call. */
export type Reply =
  | AnswerReply
  | ResponseReply
  | EventsReply
  | ChunksReply
  | BytesReply
  | ErrorReply
  | Delivery;
