import type { ContentBlock, ConverseStreamEvent, JsonObject, Usage } from "../conversation/types.ts";
import { toUsage } from "./parts/cached-usage.ts";
import type { DialectAnswer } from "./dialect.ts";
import { throwIfFailed } from "./parts/native-error.ts";
import { countIn, objectIn, objectsIn, textIn } from "./parts/read-native.ts";

export function toNovaAnswer(body: JsonObject): DialectAnswer | undefined {
  const message = objectIn(objectIn(body, "output"), "message");
  if (!message) return undefined;
  const usage = objectIn(body, "usage");
  return {
    content: objectsIn(message, "content") as ContentBlock[],
    stopReason: textIn(body, "stopReason") ?? "end_turn",
    ...(usage && { usage: toNovaUsage(usage) }),
  };
}

/** Each chunk is an event of ConverseStream under its name, or an exception. */
export function createNovaReader(): (chunk: JsonObject) => ConverseStreamEvent[] {
  return (chunk) => {
    throwIfFailed(chunk);
    throwIfException(chunk);
    const usage = objectIn(objectIn(chunk, "metadata"), "usage");
    const start = objectIn(chunk, "contentBlockStart");
    // As on AWS's own wire, only a tool call is announced.
    const told = EVENTS.filter(
      (name) =>
        objectIn(chunk, name) &&
        (name !== "contentBlockStart" || objectIn(objectIn(start, "start"), "toolUse")),
    );
    const events = told.map((name) => ({ [name]: chunk[name] }) as ConverseStreamEvent);
    return usage ? [...events, { metadata: { usage: toNovaUsage(usage) } }] : events;
  };
}

const EVENTS = [
  "messageStart",
  "contentBlockStart",
  "contentBlockDelta",
  "contentBlockStop",
  "messageStop",
] as const;

/** @throws An error under AWS's name for what a chunk reports instead of an event. */
function throwIfException(chunk: JsonObject): void {
  const name = Object.keys(chunk).find((key) => key.endsWith("Exception"));
  if (name === undefined) return;
  const failure = new Error(textIn(objectIn(chunk, name), "message") ?? "The model failed while answering.");
  failure.name = name.charAt(0).toUpperCase() + name.slice(1);
  throw failure;
}

/** Some answers count under longer names, and leave the total out. */
function toNovaUsage(usage: JsonObject): Usage {
  const count = (name: string): number | undefined =>
    countIn(usage, `${name}s`) ?? countIn(usage, `${name}Count`);
  return toUsage({
    input: count("inputToken"),
    output: count("outputToken"),
    cacheRead: count("cacheReadInputToken"),
    cacheWrite: count("cacheWriteInputToken"),
  });
}
