import { isObject } from "./json-schema/is-object.ts";
import type { ConverseResponse, ConverseStreamEvent } from "./types.ts";

/**
 * Whether what came is what Converse's answers are, as far as anyone reads it: a server of the user's own, a proxy between or a
 * stream that was damaged may say otherwise, and must neither crash a translator nor reach a caller as something that no
 * client can read. What is null is not said; what nobody reads is not looked at.
 */
type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === "string";

/** As many tokens as there can be. */
export const isCount: Test = (value) => Number.isSafeInteger(value) && (value as number) >= 0;

/** An object whose members of these names are what they should be, where they are said. */
const having = (tests: Readonly<Record<string, Test>>, required: readonly string[] = []): Test => {
  const named = Object.entries(tests);
  return (value) => {
    if (!isObject(value)) return false;
    for (const [name, test] of named)
      if (value[name] == null ? required.includes(name) : !test(value[name])) return false;
    return true;
  };
};

const listOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);

const usage = having({
  inputTokens: isCount,
  outputTokens: isCount,
  totalTokens: isCount,
  cacheReadInputTokens: isCount,
  cacheWriteInputTokens: isCount,
  reasoningTokens: isCount,
  cacheDetails: listOf(having({ ttl: isText, inputTokens: isCount })),
});

const citation = having({
  title: isText,
  source: isText,
  sourceContent: listOf(having({ text: isText })),
  location: having({ web: having({ url: isText, domain: isText }) }),
});

const called = having({ toolUseId: isText, name: isText, type: isText }, ["toolUseId", "name"]);

const block = having({
  text: isText,
  toolUse: called,
  reasoningContent: having({
    reasoningText: having({ text: isText, signature: isText }),
    redactedContent: isText,
  }),
  citationsContent: having({ content: listOf(having({ text: isText })), citations: listOf(citation) }),
});

const response = having(
  {
    output: having({ message: having({ content: listOf(block) }, ["content"]) }, ["message"]),
    stopReason: isText,
    usage,
    serviceTier: having({ type: isText }),
  },
  ["output"],
);

const delta = having({
  text: isText,
  toolUse: having({ input: isText }),
  reasoningContent: having({ text: isText, signature: isText, redactedContent: isText }),
  citation,
});

const at = { contentBlockIndex: isCount };

const EVENTS: Readonly<Record<keyof ConverseStreamEvent, Test>> = {
  messageStart: isObject,
  contentBlockStart: having({ ...at, start: having({ toolUse: called }) }),
  contentBlockDelta: having({ ...at, delta }, ["delta"]),
  contentBlockStop: having(at),
  messageStop: having({ stopReason: isText }, ["stopReason"]),
  metadata: having({ usage, serviceTier: having({ type: isText }) }),
};

export const isResponse = (value: unknown): value is ConverseResponse => response(value);

/** Nearly every event is a piece of text and nothing else. */
const isPlainText = (event: ConverseStreamEvent): boolean => {
  const { delta, contentBlockIndex } = event.contentBlockDelta ?? {};
  if (typeof delta?.text !== "string" || !isCount(contentBlockIndex)) return false;
  return delta.toolUse == null && delta.reasoningContent == null && delta.citation == null;
};

export function isEvent(event: ConverseStreamEvent): boolean {
  if (isPlainText(event)) return true;
  for (const name in event) {
    const test = EVENTS[name as keyof ConverseStreamEvent] as Test | undefined;
    if (!test?.(event[name as keyof ConverseStreamEvent])) return false;
  }
  return true;
}
