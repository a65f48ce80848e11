import { expect } from "vitest";
import { NOVA } from "../../support/bedrock.ts";
import { assertSchema } from "../../support/openai-schema.ts";
import { type TypedEvent, typedEventsOf } from "../../support/typed-events.ts";
import { TEXT } from "./answers.ts";
import { type Failure, frameEnd, NOT_FOR_CALLERS, statusEnd } from "./end-of.ts";
import { ERRORS } from "./errors.ts";
import type { End, Way } from "./fault.ts";
import type { Speaking } from "./meet.ts";

const isStream = ({ headers }: Response): boolean =>
  headers.get("content-type")?.startsWith("text/event-stream") === true;

const asks =
  (path: string, body: object): Speaking["requestFor"] =>
  (way: Way, { signal, model = NOVA }) => {
    const request = new Request(`http://localhost/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model, ...body, ...(way === "stream" && { stream: true }) }),
    });
    // A Request's own signal only follows the one that it is given.
    if (signal) Object.defineProperty(request, "signal", { value: signal });
    return request;
  };

interface Output {
  content: { text: string }[];
}

/** OpenAI's Responses API: both frames of a failure, and in them the response as far as it had come. */
export const RESPONSES: Speaking = {
  requestFor: asks("/responses", { input: "Hello", store: false }),
  async endOf(response, isLast = false) {
    const text = await response.text();
    if (!response.ok) return statusEnd(response, text, isLast);
    if (isStream(response)) return responsesEnd(typedEventsOf(text));
    const whole = JSON.parse(text) as { status: string; output: Output[] };
    assertSchema("Response", whole);
    expect([whole.status, whole.output.map(({ content }) => content[0]!.text)]).toEqual([
      "completed",
      [TEXT],
    ]);
    return "the answer";
  },
};

function responsesEnd(events: readonly TypedEvent[]): End {
  for (const event of events) assertSchema("ResponseStreamEvent", event);
  expect(events.map((event) => event["sequence_number"])).toEqual(events.map((_, index) => index));
  const said = events.flatMap((event) => (event.type.endsWith("text.delta") ? event["delta"] : [])).join("");
  const last = events.at(-1)! as TypedEvent & {
    response: { status: string; output: Output[]; error: Failure | null };
  };
  if (last.type === "response.completed") {
    expect([said, last.response.status, last.response.error]).toEqual([TEXT, "completed", null]);
    return "the answer";
  }
  const error = events.at(-2)! as TypedEvent & { error: Failure };
  expect([error.type, last.type, last.response.status]).toEqual(["error", "response.failed", "failed"]);
  // Each is read by clients that do not read the other.
  const { message, code } = error.error;
  expect(error).toMatchObject({ message, code });
  expect(last.response.error!.message).toBe(message);
  expect(
    events.filter(({ type }) => /^(error|response\.(completed|incomplete|failed))$/.test(type)),
  ).toHaveLength(2);
  expect(TEXT.startsWith(said)).toBe(true);
  expect(last.response.output.flatMap(({ content }) => content.map(({ text }) => text)).join("")).toBe(said);
  return frameEnd(error.error);
}

/** Anthropic's wire, whose errors have a type and no code. */
export const MESSAGES: Speaking = {
  requestFor: asks("/messages", { max_tokens: 100, messages: [{ role: "user", content: "Hello" }] }),
  async endOf(response) {
    const text = await response.text();
    if (isStream(response)) return messagesEnd(typedEventsOf(text));
    const body = JSON.parse(text) as TypedEvent & Output & { error: Failure };
    if (!response.ok) {
      expect(body).toEqual({
        type: "error",
        error: { type: expect.any(String), message: expect.not.stringMatching(NOT_FOR_CALLERS) },
        request_id: response.headers.get("request-id"),
      });
      return `${response.status} ${body.error.type}`;
    }
    expect(body).toMatchObject({ type: "message", stop_reason: "end_turn", content: [{ text: TEXT }] });
    return "the answer";
  },
};

function messagesEnd(events: readonly TypedEvent[]): End {
  const last = events.at(-1)! as TypedEvent & { error: Failure };
  const said = events
    .flatMap((event) => (event["delta"] as { text?: string } | undefined)?.text ?? [])
    .join("");
  if (last.type === "message_stop") {
    expect(said).toBe(TEXT);
    return "the answer";
  }
  expect(last).toEqual({
    type: "error",
    error: { type: expect.any(String), message: expect.not.stringMatching(NOT_FOR_CALLERS) },
    request_id: expect.stringMatching(/^req_/),
  });
  expect(TEXT.startsWith(said)).toBe(true);
  if (said !== TEXT) expect(events.map(({ type }) => type)).not.toContain("message_delta");
  return `frame ${last.error.type}`;
}

/** Anthropic's types of errors go by the status. Source: Anthropic API reference, "Errors". */
const TYPES: Readonly<Record<string, string>> = {
  "400": "invalid_request_error",
  "401": "authentication_error",
  "403": "permission_error",
  "404": "not_found_error",
  "408": "timeout_error",
  "409": "invalid_request_error",
  "429": "rate_limit_error",
  "503": "overloaded_error",
  "504": "timeout_error",
};

/** An end of the chat wire as it is one of the messages wire. */
export function inAnthropicWords(end: End): string {
  if (end === "the answer") return end;
  const [kind, name] = end.split(" ") as [string, string];
  const status = kind === "frame" ? statusOf(name) : kind;
  return `${kind} ${TYPES[status] ?? "api_error"}`;
}

const statusOf = (name: string): string =>
  Object.keys(ERRORS)
    .find((key) => key.endsWith(` ${name}`))!
    .slice(0, 3);
