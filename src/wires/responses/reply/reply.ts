import { isServerTool } from "../../../conversation/server-tools.ts";
import type { ConverseStreamEvent } from "../../../conversation/types.ts";
import { BedrockOpenAIError } from "../../../errors.ts";
import type { EndEvent, ResponseEvent } from "../../../openai/responses/events.ts";
import type { ResponseObject } from "../../../openai/responses/response.ts";
import { type Finish, toFinish } from "../../reply/finish.ts";
import { toExtras, toServiceTier } from "../../reply/extras.ts";
import type { Counted } from "../../reply/usage.ts";
import { createOutput, type OutputOptions } from "./output.ts";
import { toResponseUsage } from "./usage.ts";

/** The events of one response, told from those of ConverseStream. */
export interface Reply {
  /** Before anything is known of the answer. */
  begin(): ResponseEvent[];
  /** @throws BedrockOpenAIError 502 when the model's output was unusable. */
  push(event: ConverseStreamEvent): ResponseEvent[];
  /** @throws BedrockOpenAIError 502 for an answer that has no end. */
  end(): EndEvent;
  /** What was told and not yet taken, where telling it failed on the way. */
  take(): ResponseEvent[];
  /** As far as it has come. */
  soFar(): ResponseObject;
}

export interface ReplyOptions extends OutputOptions {
  /** Unix seconds. */
  now(): number;
}

type Ending = Pick<ResponseObject, "status" | "incomplete_details">;

const COMPLETED: Ending = { status: "completed", incomplete_details: null };

const ENDINGS: Readonly<Record<Finish, Ending>> = {
  stop: COMPLETED,
  tool_calls: COMPLETED,
  length: { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
  content_filter: { status: "incomplete", incomplete_details: { reason: "content_filter" } },
};

/** @param opening The response as it begins. */
export function createReply(opening: ResponseObject, { now, ...options }: ReplyOptions): Reply {
  let events: ResponseEvent[] = [];
  const write = (event: ResponseEvent): void => void events.push(event);
  const take = (): ResponseEvent[] => {
    const taken = events;
    events = [];
    return taken;
  };
  const output = createOutput(write, options);
  const counted: Counted[] = [];
  let extras: object = {};
  let ending: Ending | undefined;

  const hear = ({ metadata, messageStop }: ConverseStreamEvent): void => {
    const fields = messageStop?.additionalModelResponseFields;
    if (fields !== undefined) counted.push({ additionalModelResponseFields: fields });
    if (metadata?.usage) counted.push({ usage: metadata.usage });
    const said = {
      ...(metadata?.trace && { trace: metadata.trace }),
      ...(fields !== undefined && { additionalModelResponseFields: fields }),
    };
    extras = { ...extras, ...toServiceTier(metadata?.serviceTier), ...toExtras(said) };
  };
  const soFar = (): ResponseObject => ({
    ...opening,
    output: output.items(),
    ...extras,
    ...(counted.some(({ usage }) => usage) && { usage: toResponseUsage(counted) }),
  });

  return {
    begin() {
      write({ type: "response.created", response: opening });
      write({ type: "response.in_progress", response: opening });
      return take();
    },
    push(event) {
      const { contentBlockStart, contentBlockDelta, contentBlockStop, messageStop, metadata } = event;
      if (messageStop || metadata) hear(event);
      // Whatever a host says after the end is not of the answer.
      if (ending) return take();
      if (contentBlockDelta) output.delta(contentBlockDelta.contentBlockIndex, contentBlockDelta.delta);
      else if (contentBlockStart?.start?.toolUse) {
        const { toolUse } = contentBlockStart.start;
        if (!isServerTool(toolUse)) output.call(contentBlockStart.contentBlockIndex, toolUse);
      } else if (contentBlockStop) output.stop(contentBlockStop.contentBlockIndex);
      else if (messageStop) {
        ending = ENDINGS[toFinish(messageStop.stopReason)];
        output.close(ending.status === "completed" ? "completed" : "incomplete");
      }
      return take();
    },
    end() {
      if (!ending) throw endless();
      const completed_at = ending.status === "completed" ? now() : null;
      const response = { ...soFar(), ...ending, completed_at };
      return { type: ending.status === "completed" ? "response.completed" : "response.incomplete", response };
    },
    take,
    soFar,
  };
}

const endless = (): BedrockOpenAIError =>
  new BedrockOpenAIError(502, "The answer broke off: Bedrock's stream ended before the answer did.", {
    type: "server_error",
    code: "stream_interrupted",
  });
