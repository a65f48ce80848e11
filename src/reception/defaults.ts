import type * as z from "../schema/z.ts";
import type { CallContext } from "../context.ts";
import { isObject } from "../conversation/json-schema/is-object.ts";
import type { JsonObject } from "../conversation/types.ts";
import { chatRequestShape } from "../openai/chat-request.ts";
import { REQUEST_SHAPES } from "../openai/request-shapes.ts";
import { flattened } from "./extra-body.ts";
import { stamped } from "./stamp.ts";

/** Words for one thing: whoever says one of them has said it. */
const SYNONYMS: readonly (readonly string[])[] = [
  ["max_tokens", "max_completion_tokens", "max_output_tokens"],
  ["stop", "stop_sequences"],
  ["reasoning_effort", "reasoning", "thinking"],
  ["service_tier", "serviceTier"],
  ["tools", "functions"],
  ["tool_choice", "function_call"],
  ["input_type", "task"],
];

/** The same, of a model's own words: no endpoint has them, so that none stands for another. */
const OWN_WORDS: readonly (readonly string[])[] = [
  ["size", "aspect_ratio", "width", "height"],
  ["style", "style_preset"],
  ["n", "numberOfImages"],
  ["negative_prompt", "negativeText"],
  ["dimensions", "output_dimension", "embeddingConfig", "embeddingDimension"],
  ["input_type", "task", "embeddingPurpose"],
];

/** Lists of names and values, each of which is a word of its own. All other objects are said as a whole. */
const OPEN: ReadonlySet<string> = new Set([
  "additionalModelRequestFields",
  "metadata",
  "requestMetadata",
  "promptVariables",
  "stream_options",
]);

type Shape = Readonly<Record<string, z.Schema>>;

/** What some endpoint knows is nothing to be tried on a model. */
const KNOWN: ReadonlySet<string> = new Set(REQUEST_SHAPES.flatMap((shape) => Object.keys(shape)));

/**
 * A request with the operator's own values for what it does not say, and with what is stamped on all that its caller asks.
 * `null` says nothing.
 * @param shape The parameters of its endpoint. What is only another's is no default here.
 * @throws BedrockOpenAIError 400 where there is no room for the stamp.
 */
export function withDefaults(
  body: unknown,
  { bedrock, caller }: Pick<CallContext, "bedrock" | "caller">,
  shape: Shape = chatRequestShape.shape,
): unknown {
  if (!isObject(body) || typeof body["model"] !== "string") return body;
  const said = bedrock
    .defaultsOf(body["model"])
    .map((defaults) => flattened(defaults) as JsonObject)
    .filter((defaults) => Object.keys(defaults).length > 0)
    .reduce((said, defaults) => filled(said, defaults, shape), body);
  return stamped(said, caller.metadata);
}

function filled(body: JsonObject, defaults: JsonObject, shape: Shape): JsonObject {
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value != null));
  const wanted = Object.keys(defaults).flatMap((name) => {
    const word = wordFor(name, defaults[name], shape);
    return word === undefined || isSaid(word, given) ? [] : [[word, merged(defaults[name], given[word])]];
  });
  return { ...given, ...Object.fromEntries(wanted) };
}

const synonymsOf = (name: string, groups = SYNONYMS): readonly string[] =>
  groups.find((group) => group.includes(name)) ?? [name];

/** What an endpoint calls a parameter; undefined for what it has no such value for. What nobody knows may be the model's. */
function wordFor(name: string, value: unknown, shape: Shape): string | undefined {
  const word = [name, ...synonymsOf(name)].find((each) => Object.hasOwn(shape, each));
  if (word === undefined) return KNOWN.has(name) ? undefined : name;
  return shape[word]!.safeParse(value).success ? word : undefined;
}

/** An open list is only said as far as it goes. */
const isSaid = (name: string, given: JsonObject): boolean =>
  [...synonymsOf(name), ...synonymsOf(name, OWN_WORDS)].some((word) => Object.hasOwn(given, word)) &&
  !(OPEN.has(name) && isObject(given[name]));

const merged = (value: unknown, said: unknown): unknown =>
  isObject(value) && isObject(said) ? { ...value, ...said } : (said ?? value);
