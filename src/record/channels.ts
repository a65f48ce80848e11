import type { BedrockOpenAIError } from "../errors.ts";
import { askedName } from "./asked-name.ts";
import { builtin, type DiagnosticsChannels } from "./host.ts";
import type { Observer } from "./observer.ts";
import type { Operation } from "./record.ts";
import type { CallEvent } from "./usage-event.ts";

/** Told on `bedrock-openai:call:start`, before anything is known but that somebody calls. */
export interface CallStart {
  requestId: string;
}

/** Told on `bedrock-openai:call:asked`, before anything is sent. */
export interface CallAsked {
  requestId: string;
  operation: Operation;
  /** The request's `model`, of a very long one the beginning. */
  asked: string;
  stream: boolean;
  /** What `authorize` calls the caller. */
  caller: string | undefined;
}

/** Told on `bedrock-openai:call:error`, before `bedrock-openai:call:end` tells the same without the cause. */
export interface CallFailed extends CallEvent {
  error: string;
  /** What was thrown, with what AWS said as its own `cause`; undefined where the caller left. */
  cause: BedrockOpenAIError | undefined;
}

/**
 * Node's `diagnostics_channel`, for whoever watches calls from outside: `bedrock-openai:call:start` (a store may be bound to it),
 * `:asked`, `:error` and `:end`. Undefined on a host that has none. Without subscribers nothing is made.
 */
export function createChannels(): Observer | undefined {
  const channels = builtin("node:diagnostics_channel");
  if (!channels) return undefined;
  const [start, asked, error, end] = ["start", "asked", "error", "end"].map((name) =>
    channels.channel(`bedrock-openai:call:${name}`),
  ) as [Channel, Channel, Channel, Channel];
  return {
    around: ({ requestId }, call) => (start.hasSubscribers ? start.runStores({ requestId }, call) : call()),
    asked({ requestId, record, caller }) {
      if (!asked.hasSubscribers) return;
      const { operation, asked: model, stream } = record;
      asked.publish({ requestId, operation, asked: askedName(model), stream, caller: caller.id });
    },
    wants: () => end.hasSubscribers || error.hasSubscribers,
    over({ record }, event) {
      if (event.error !== undefined && error.hasSubscribers) error.publish({ ...event, cause: record.error });
      if (end.hasSubscribers) end.publish(event);
    },
  };
}

type Channel = ReturnType<DiagnosticsChannels["channel"]>;
