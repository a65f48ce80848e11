import type { Target } from "../../../bedrock/models/target.ts";
import { isObject } from "../../../conversation/json-schema/is-object.ts";
import { isEffort } from "../../../conversation/reasoning/efforts.ts";
import type { Traits } from "../../../conversation/traits.ts";
import type { JsonObject } from "../../../conversation/types.ts";
import { isPlainBlock } from "./plain-blocks.ts";
import { takesTools } from "./plain-tools.ts";

/** What Claude reads of Anthropic's parameters on Bedrock. Source: AWS's guide to Claude's request body. */
const TAKEN: ReadonlySet<string> = new Set(
  `model model_id max_tokens messages system stop_sequences stream temperature top_p top_k tools tool_choice thinking output_config
  metadata service_tier context_management`.split(/\s+/),
);

type Test = (body: JsonObject, target: Target) => boolean;

/** All that a request may hold, in words that would not be refused. */
const TAKES: readonly Test[] = [
  (body, { traits }) => takesSampling(body, traits),
  ({ max_tokens: limit }, { traits }) => Number(limit) <= traits.maxOutputTokens,
  ({ stop_sequences: stops }) =>
    stops === undefined ||
    (Array.isArray(stops) && stops.every((stop) => typeof stop === "string" && stop.trim() !== "")),
  ({ thinking, max_tokens: limit }, { traits }) =>
    thinking === undefined || (isObject(thinking) && takesThinking(thinking, Number(limit), traits)),
  ({ output_config: output }, target) =>
    output === undefined || (isObject(output) && takesOutput(output, target)),
  ({ service_tier: tier }) => tier === undefined || tier === "auto" || tier === "standard_only",
  (body, { traits }) => takesTools(body, traits),
  ({ system }, { traits }) =>
    system === undefined ||
    isSaid(system) ||
    isPlainList(system, traits, (block) => block["type"] === "text"),
  takesMessages,
  ({ messages }) => resultsComeFirst(messages as JsonObject[]),
  (body) => takesMarks(marksIn(body)),
];

function takesSampling(
  { temperature, top_p: topP, top_k: topK, thinking }: JsonObject,
  traits: Traits,
): boolean {
  const given = [temperature, topP].filter((value) => value !== undefined).length;
  if (topK !== undefined && traits.topK === "none") return false;
  if (given > 0 && traits.sampling === "none") return false;
  // A Claude that thinks takes few of them; what, the translation knows.
  if ((given > 0 || topK !== undefined) && isObject(thinking) && thinking["type"] !== "disabled")
    return false;
  return given < 2 || traits.sampling === "both";
}

function takesThinking(
  { type, budget_tokens: budget }: JsonObject,
  limit: number,
  { reasoning }: Traits,
): boolean {
  const { kind, off, budgets } = reasoning;
  if (type === "enabled")
    return (kind === "budget" || budgets === true) && Number(budget) >= 1024 && Number(budget) < limit;
  if (type === "adaptive") return kind === "adaptive";
  if (type === "between_tools") return off === "between_tools";
  return type === "disabled" && off !== "never" && off !== "between_tools";
}

function takesOutput({ effort, format, ...others }: JsonObject, { traits, native }: Target): boolean {
  if (Object.keys(others).length > 0) return false;
  if (effort !== undefined && !(isEffort(effort) && traits.reasoning.efforts.includes(effort))) return false;
  // Mantle refuses it.
  return format === undefined || (traits.structuredOutput === "native" && native === undefined);
}

const isSaid = (text: unknown): boolean => typeof text === "string" && text.trim() !== "";

const isPlainList = (content: unknown, traits: Traits, test: (block: JsonObject) => boolean): boolean =>
  Array.isArray(content) &&
  content.length > 0 &&
  content.every((block) => isPlainBlock(block, traits) && test(block as JsonObject));

/** Turns that alternate as Claude reads them, from the user's first word on; with tools that are offered where some were called. */
function takesMessages({ messages, tools }: JsonObject, { traits }: Target): boolean {
  const turns = messages as JsonObject[];
  const last = turns.at(-1)!;
  return (
    turns[0]!["role"] === "user" &&
    (last["role"] === "user" || (traits.prefill && !endsInSpace(last))) &&
    turns.every(
      ({ role, content }) =>
        (role === "user" || role === "assistant") &&
        (isSaid(content) || isPlainList(content, traits, (block) => tools !== undefined || !hasCalls(block))),
    )
  );
}

const hasCalls = (block: JsonObject): boolean => block["type"] === "tool_use";

function endsInSpace({ content }: JsonObject): boolean {
  const last = Array.isArray(content) ? (content.at(-1) as JsonObject)["text"] : content;
  return typeof last === "string" && last.trimEnd() !== last;
}

/** Of what the user says between two answers, the results of calls stand before all else; Converse's path sees to it. */
function resultsComeFirst(messages: readonly JsonObject[]): boolean {
  let hasSpoken = false;
  for (const { role, content } of messages) {
    if (role === "assistant") hasSpoken = false;
    else
      for (const block of Array.isArray(content) ? (content as JsonObject[]) : [undefined]) {
        const isResult = block?.["type"] === "tool_result";
        if (isResult && hasSpoken) return false;
        hasSpoken ||= !isResult;
      }
  }
  return true;
}

/** In the order in which Claude reads them. */
function marksIn({ system, tools, messages }: JsonObject): JsonObject[] {
  const lists = [tools, system, ...(messages as JsonObject[]).map(({ content }) => content)];
  return lists.flat().flatMap((block) => {
    const mark = isObject(block) ? block["cache_control"] : undefined;
    return isObject(mark) ? [mark] : [];
  });
}

/** More of them AWS refuses, and one of an hour behind one of five minutes. */
function takesMarks(marks: readonly JsonObject[]): boolean {
  const ofHour = marks.map(({ ttl }) => ttl === "1h");
  const isSorted = !ofHour.includes(false) || ofHour.lastIndexOf(true) < ofHour.indexOf(false);
  return marks.length <= 4 && isSorted;
}

/** Whether all that a request says has a place there; null says nothing. */
export const takesNames = (body: JsonObject): boolean =>
  Object.keys(body).every((name) => TAKEN.has(name) || body[name] == null);

/**
 * Whether a request can go to Claude as it came, in Anthropic's own words.
 * @param refused Parameters that the target has refused before; `*` is every one.
 */
export function takes(body: JsonObject, target: Target, refused: ReadonlySet<string>): boolean {
  if (refused.has("*")) return false;
  return (
    Object.keys(body).every((name) => TAKEN.has(name) && !refused.has(name)) &&
    TAKES.every((test) => test(body, target))
  );
}
