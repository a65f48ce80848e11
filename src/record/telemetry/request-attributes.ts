import { askedName } from "../asked-name.ts";
import type { CallRecord } from "../record.ts";
import type { Attributes } from "./otel.ts";

type Request = Readonly<Record<string, unknown>>;
type Value = number | string | boolean | string[] | undefined;

const number =
  (...names: readonly string[]) =>
  (request: Request): Value =>
    names.map((name) => request[name]).find((value) => typeof value === "number");

/** What of a request's parameters the conventions have a name for. */
const PARAMETERS: Readonly<Record<string, (request: Request) => Value>> = {
  "gen_ai.request.max_tokens": number("max_completion_tokens", "max_tokens", "max_output_tokens"),
  "gen_ai.request.temperature": number("temperature"),
  "gen_ai.request.top_p": number("top_p"),
  "gen_ai.request.top_k": number("top_k"),
  "gen_ai.request.frequency_penalty": number("frequency_penalty"),
  "gen_ai.request.presence_penalty": number("presence_penalty"),
  "gen_ai.request.seed": number("seed"),
  "gen_ai.request.choice.count": ({ n }) => (typeof n === "number" && n !== 1 ? n : undefined),
  "gen_ai.request.stop_sequences": ({ stop, stop_sequences: own }) => texts(stop ?? own),
  "gen_ai.request.encoding_formats": ({ encoding_format: format }) => texts(format),
  "gen_ai.embeddings.dimension.count": number("dimensions"),
  "gen_ai.output.type": ({ response_format: format, text: said }) =>
    outputType(format ?? memberOf(said, "format")),
  "aws.bedrock.guardrail.id": ({ guardrailConfig: guardrail }) =>
    text(memberOf(guardrail, "guardrailIdentifier")),
};

/** What a span is born with. */
export function requestAttributes({ operation, asked, stream, request = {} }: CallRecord): Attributes {
  const attributes: Attributes = {
    "gen_ai.operation.name": operation,
    "gen_ai.provider.name": "aws.bedrock",
    "gen_ai.request.model": askedName(asked),
    // Said only of what streams.
    ...(stream && { "gen_ai.request.stream": true }),
    ...(operation === "image_generation" && { "gen_ai.output.type": "image" }),
  };
  for (const [name, valueIn] of Object.entries(PARAMETERS)) {
    const value = valueIn(request);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function texts(value: unknown): string[] | undefined {
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
}

/** Only a conversation's format is an object. */
function outputType(format: unknown): string | undefined {
  const type = text(memberOf(format, "type"));
  if (type === undefined) return undefined;
  return type.startsWith("json") ? "json" : "text";
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Request)[name] : undefined;
