import { expect } from "vitest";
import type { RecordedRequest } from "../../../src/testing/index.ts";
import type { House } from "../bedrock.ts";
import { assertSchema } from "../openai-schema.ts";

/** A caller reads a message; nobody reads a megabyte of it. */
const MAX_MESSAGE = 4_000;
const MAX_PARAM = 2_000;

/** The statuses of what a caller can mend. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 404, 405, 408, 413, 415]);

export interface Outcome {
  status: number;
  text: string;
}

/**
 * What holds for every request, whatever is in it: an answer or an OpenAI error with all four keys, no failure of ours,
 * nothing logged, and nothing sent to AWS that could have been known to be refused.
 */
export async function expectLawful(house: House, response: Response): Promise<Outcome> {
  const text = await response.text();
  const { status } = response;
  const requests = [...house.bedrock.requests];
  const logged = house.logged.splice(0);
  house.bedrock.reset();
  expect([logged, status >= 500 ? text : ""]).toEqual([[], ""]);
  if (status !== 200) {
    expect(REFUSALS).toContain(status);
    if (response.headers.has("request-id")) expectAnthropicError(text);
    else expectError(text);
  } else expect(text).not.toContain('"error":{');
  expectForeseen(requests, { status, text });
  return { status, text };
}

export function expectError(text: string): void {
  const body = JSON.parse(text) as { error: { message: string; param: string | null } };
  assertSchema("ErrorResponse", body);
  expect(Object.keys(body.error).toSorted()).toEqual(["code", "message", "param", "type"]);
  expect(body.error.message.length).toBeLessThan(MAX_MESSAGE);
  expect(body.error.param?.length ?? 0).toBeLessThan(MAX_PARAM);
}

/** Anthropic's clients read this form. Source: Anthropic API reference, "Errors". */
function expectAnthropicError(text: string): void {
  const body = JSON.parse(text) as { error: { message: string } };
  expect(body).toEqual({
    type: "error",
    error: { type: expect.stringMatching(/_error$|^request_too_large$/), message: expect.any(String) },
    request_id: expect.stringMatching(/^req_/),
  });
  expect(body.error.message.length).toBeLessThan(MAX_MESSAGE);
}

/**
 * AWS may refuse what no table knows: a name that looks like a model's, and what a caller writes into the model's own body.
 * A refusal that taught something is no failure either.
 */
function expectForeseen(requests: readonly RecordedRequest[], { status, text }: Outcome): void {
  for (const { status: told, body } of requests) {
    if (told === 200 || status === 200 || /model_not_found|not_found_error/.test(text)) continue;
    // What passes through as it came is Anthropic's to judge, in its own words.
    if (body !== undefined && "anthropic_version" in (body as object)) continue;
    expect([told, JSON.stringify(body).slice(0, 300), text]).toEqual([
      400,
      expect.anything(),
      expect.stringMatching(/Malformed input request|returned the following errors/),
    ]);
  }
}

/** What was put on `Object.prototype` and its like would be on everything. */
export function expectUnpolluted(): void {
  for (const kind of [{}, [], "", 0, () => undefined]) {
    const found: string[] = [];
    for (const name in Object(kind) as object)
      if (!Object.hasOwn(Object(kind) as object, name)) found.push(name);
    expect(found).toEqual([]);
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}
