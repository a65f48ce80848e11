import type { JsonObject } from "../../conversation/types.ts";
import type { Answer, Call } from "../call.ts";
import type { Model } from "../catalogue/model-id.ts";
import { anthropicBody } from "../invoke/anthropic/body.ts";
import { innerWords } from "../invoke/anthropic/words.ts";
import { writeEvents, writeMessage } from "../invoke/anthropic/write.ts";
import { checkBody } from "../invoke/check-body.ts";
import { readNativeRequest } from "../invoke/native-request.ts";
import type { ConverseRequest } from "../rules/request.ts";
import { isObject } from "../rules/request.ts";
import { jsonOutcome } from "../wire/whole-outcome.ts";
import { answerNatively } from "./answer.ts";
import { ANTHROPIC } from "./dialect.ts";
import { NativeError } from "./native-error.ts";
import { readBody } from "./read-model.ts";
import { resolveNative } from "./resolve.ts";
import type { Place } from "./resolve.ts";
import { sseOutcome } from "./sse.ts";

/** POST /anthropic/v1/messages of either host. */
export function messages(place: Place, call: Call): Answer {
  const read = readMessages(place, call);
  return answerNatively(call, ANTHROPIC, read, (answer, streaming) =>
    streaming ? sseOutcome(writeEvents(answer), ANTHROPIC) : jsonOutcome(writeMessage(answer)),
  );
}

export interface ReadMessages {
  request: ConverseRequest;
  body: JsonObject;
  model: Model;
}

/**
 * A Messages body that the host and the model accept. Beyond what InvokeModel takes, it names its model and whether
 * it streams; the version stands in a header.
 */
export function readMessages(place: Place, call: Call, defaults: JsonObject = {}): ReadMessages {
  const body = { ...defaults, ...readBody(call) };
  const model = resolveNative(body.model, place);
  if (!call.headers["anthropic-version"]) throw new NativeError("anthropic-version: header is required");
  const { output_config: output } = body as JsonObject;
  if (place.host === "mantle" && isObject(output) && "format" in output) {
    throw new NativeError("output_config.format: Extra inputs are not permitted");
  }
  const betas = call.headers["anthropic-beta"]?.split(",").map((beta) => beta.trim());
  const native = {
    ...Object.fromEntries(Object.entries(body).filter(([key]) => !ADDRESSING.has(key))),
    anthropic_version: "bedrock-2023-05-31",
    ...(betas && { anthropic_beta: betas }),
  };
  // Where InvokeModel's validator stands before Anthropic's, here is Anthropic's alone.
  const [finding] = checkBody(anthropicBody, native);
  if (finding) throw new NativeError(innerWords(finding));
  const { request } = readNativeRequest(native, model, body["stream"] === true);
  return { request, body, model };
}

/** Members that Anthropic's own API has and InvokeModel's body has not. */
const ADDRESSING = new Set(["model", "stream", "metadata", "service_tier", "user_profile_id"]);
