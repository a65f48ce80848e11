import { expect } from "vitest";
import { assertSchema } from "../../support/openai-schema.ts";
import { chunksOf } from "../../support/sse.ts";
import { TEXT, USAGE, VECTOR } from "./answers.ts";
import { ERRORS } from "./errors.ts";
import type { End } from "./fault.ts";

/**
 * What the caller sees; an answer that is none, or a failure that looks like one, throws.
 * @param isLast Nobody is to try again: the handler has, or it would be in vain.
 */
export async function endOf(response: Response, isLast = false): Promise<End> {
  const text = await response.text();
  if (!response.ok) return statusEnd(response, text, isLast);
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) return streamEnd(text);
  const { choices, data } = JSON.parse(text) as { choices?: unknown; data?: unknown };
  if (choices) expect(choices).toMatchObject([{ message: { content: TEXT }, finish_reason: "stop" }]);
  else expect(data).toMatchObject([{ embedding: VECTOR }]);
  return "the answer";
}

export interface Failure {
  message: string;
  type: string;
  code: string | null;
}

/** What AWS, Node and the SDK say to their programmers, and what is nobody's business. */
export const NOT_FOR_CALLERS = /<html|deserialization|socket|undefined|JSON|123456789012|secret|[\s:]$|^$/i;

/** A refusal in OpenAI's words. */
export function statusEnd({ status, headers }: Response, text: string, isLast: boolean): End {
  const body = JSON.parse(text) as { error: Failure };
  assertSchema("ErrorResponse", body);
  const { code, type, message } = body.error;
  const end = `${status} ${code ?? type}` as const;
  // As OpenAI's clients decide it.
  const again = headers.get("x-should-retry") ?? String(status >= 500 || [408, 409, 429].includes(status));
  const known = ERRORS[end];
  expect([end, type, again]).toEqual([end, known?.type, String(known?.again && !isLast)]);
  expect(message).not.toMatch(NOT_FOR_CALLERS);
  return end;
}

/** What came before a failure is kept, and nothing of it looks complete. */
function streamEnd(text: string): End {
  const { chunks, done } = chunksOf(text);
  const said = chunks.map(({ choices }) => choices?.[0]?.delta.content ?? "").join("");
  const finishes = chunks.flatMap(({ choices }) => choices?.[0]?.finish_reason ?? []);
  if (done) {
    expect([said, finishes]).toEqual([TEXT, ["stop"]]);
    for (const { usage } of chunks) if (usage) expect(usage).toMatchObject(USAGE);
    return "the answer";
  }
  expect(TEXT.startsWith(said)).toBe(true);
  if (said !== TEXT) expect(finishes).toEqual([]);
  return frameEnd(chunks.at(-1)!.error!);
}

/** A failure behind a 200, in OpenAI's words. */
export function frameEnd({ code, type, message }: Failure): End {
  const name = code ?? type;
  const types = Object.entries(ERRORS).flatMap(([key, known]) =>
    key.endsWith(` ${name}`) ? known.type : [],
  );
  expect(types).toContain(type);
  expect(message).not.toMatch(NOT_FOR_CALLERS);
  return `frame ${name}`;
}
