import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { attempt as Attempt } from "../../src/bedrock/courier/thin/attempt.ts";
import type { isPlain as IsPlain } from "../../src/bedrock/courier/thin/is-plain.ts";
import { isLean } from "../../src/bedrock/courier/thin/lender.ts";
import type { BedrockOpenAIOptions } from "../../src/index.ts";
import { CLAUDE, type House, LLAMA, MISTRAL, NOVA, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";

/** Without the SDK's middleware stack, and without its client, a call looks to AWS, and to its caller, as it does through it. */

const way = vi.hoisted(() => ({ isLean: false, isThin: true, lean: 0, thin: 0 }));
vi.mock("../../src/bedrock/clients/lean/untouched.ts", () => ({ isUntouched: () => way.isLean }));
vi.mock("../../src/bedrock/courier/thin/attempt.ts", async (original) => {
  const { attempt } = await original<{ attempt: typeof Attempt }>();
  return {
    attempt: (...args: Parameters<typeof Attempt>) => {
      way.lean += Number(isLean(args[0]));
      return attempt(...args);
    },
  };
});
vi.mock("../../src/bedrock/courier/thin/is-plain.ts", async (original) => {
  const { isPlain } = await original<{ isPlain: typeof IsPlain }>();
  return {
    isPlain: async (...args: Parameters<typeof IsPlain>) => {
      const isThin = way.isThin && (await isPlain(...args));
      way.thin += Number(isThin);
      return isThin;
    },
  };
});

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.bedrock.close());
beforeEach(() => {
  Object.assign(way, { isLean: false, isThin: true, lean: 0, thin: 0 });
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
});
afterEach(() => vi.unstubAllEnvs());

const post = (path: string, body: object, headers: Record<string, string> = {}): Request =>
  new Request(`http://localhost/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** What differs from call to call, whichever way it goes. */
const OF_ONE_CALL = new Set(["amz-sdk-invocation-id", "x-amz-date"]);

const headersOf = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !OF_ONE_CALL.has(name))
      .map(([name, value]) => [name, value.replace(/Signature=\w+$/, "Signature=…")])
      .toSorted(),
  );

/** What AWS and the caller see of two calls; the second is the first one in its envelope again. */
async function seenOf(options: BedrockOpenAIOptions, request: () => Request, by: "lean" | "thin" | "stack") {
  way.isLean = by === "lean";
  way.isThin = by !== "stack";
  const handler = house.withOptions(options);
  const from = house.bedrock.requests.length;
  const said = [];
  for (let call = 0; call < 2; call += 1) {
    const response = await handler(request());
    const text = await response.text();
    said.push([response.status, text.replaceAll(/"(id|created)":("[^"]*"|\d+)/g, "")]);
  }
  const asked = house.bedrock.requests.slice(from).map(({ method, path, query, headers, body }) => ({
    method,
    path,
    query,
    body,
    headers: headersOf(headers),
  }));
  const ids = house.bedrock.requests.slice(from).map(({ headers }) => headers["amz-sdk-invocation-id"]);
  // Some calls of AWS's are made side by side.
  const text = (request: object): string => JSON.stringify(request);
  return { said, asked: asked.toSorted((a, b) => text(a).localeCompare(text(b))), ids };
}

const HEADERS = { "x-gateway": "blue", "user-agent": "mine", "content-type": "application/json; v=1" };
const key = {
  apiKey: "bedrock-api-key-of-nobody",
  credentials: undefined,
} as unknown as BedrockOpenAIOptions;

const GUARDRAIL = { guardrailConfig: { guardrailIdentifier: "gr1234567890", guardrailVersion: "1" } };
const AWS_WORDS = { messages: [{ role: "user", content: [{ text: "Hello" }] }] };

/** Those that are never made without the SDK's client. */
const BY_CLIENT = new Set(["mantle", "rerank, at another host"]);

const CALLS: [what: string, request: () => Request, options?: BedrockOpenAIOptions][] = [
  ["a chat", () => chatRequest({ model: NOVA })],
  ["a streamed chat", () => chatRequest({ model: NOVA, stream: true })],
  ["a name that is encoded", () => chatRequest({ model: "anthropic.claude-3-haiku-20240307-v1:0" })],
  ["another Region", () => chatRequest({ model: `bedrock/eu-west-1/${MISTRAL}` })],
  ["InvokeModel", () => chatRequest({ model: `invoke/${LLAMA}` })],
  ["InvokeModel as a stream", () => chatRequest({ model: `invoke/${LLAMA}`, stream: true })],
  ["a guardrail", () => chatRequest({ model: `invoke/${CLAUDE}`, ...GUARDRAIL })],
  ["embeddings", () => post("/embeddings", { model: "amazon.titan-embed-text-v2:0", input: "Hello" })],
  ["the native endpoint", () => chatRequest({ model: "openai.gpt-oss-120b-1:0" })],
  ["mantle", () => chatRequest({ model: "mantle/openai.gpt-oss-120b", stream: true })],
  [
    "rerank, at another host",
    () => post("/rerank", { model: "cohere.rerank-v3-5:0", query: "capital", documents: ["Paris"] }),
  ],
  ["an API key", () => chatRequest({ model: NOVA }), key],
  ["headers of the operator's", () => chatRequest({ model: NOVA }), { headers: HEADERS }],
  [
    "headers of an entry's",
    () => chatRequest({ model: "mine" }),
    { headers: HEADERS, models: { mine: { model: NOVA, headers: { "X-Gateway": "red" } } } },
  ],
  ["several tries", () => chatRequest({ model: NOVA }), { retries: 4 }],
  ["a refusal", () => chatRequest({ model: "amazon.unknown-v1:0" })],
  [
    "characters beyond ASCII",
    () => chatRequest({ model: NOVA, messages: [{ role: "user", content: "Zürich 🏔" }] }),
  ],
  [
    "a call in AWS's own words",
    () => post(`/bedrock/model/${encodeURIComponent(NOVA)}/converse`, AWS_WORDS),
    { passThrough: true },
  ],
  [
    "one that lists, without a body",
    () => new Request("http://localhost/v1/bedrock/async-invoke?maxResults=5"),
    { passThrough: true },
  ],
];

describe("without the SDK's middleware stack and through it", () => {
  it.each(CALLS)("AWS and the caller see the same: %s", async (_, request, options = {}) => {
    const thin = await seenOf(options, request, "thin");
    expect(way.thin).toBeGreaterThan(0);
    expect(way.lean).toBe(0);
    const stack = await seenOf(options, request, "stack");
    expect(thin.asked.length).toBeGreaterThan(0);
    expect(thin.asked).toEqual(stack.asked);
    expect(thin.said).toEqual(stack.said);
    expect(new Set(thin.ids).size).toBe(thin.ids.length);
  });

  it.each(CALLS)(
    "AWS and the caller see the same without its client: %s",
    async (what, request, options = {}) => {
      const lean = await seenOf(options, request, "lean");
      expect(way.lean > 0).toBe(!BY_CLIENT.has(what));
      const stack = await seenOf(options, request, "stack");
      expect(lean.asked.length).toBeGreaterThan(0);
      expect(lean.asked).toEqual(stack.asked);
      expect(lean.said).toEqual(stack.said);
      expect(new Set(lean.ids).size).toBe(lean.ids.length);
    },
  );

  it("AWS is told of the invocation that is at work on Lambda", async () => {
    vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "mine");
    const traced = (id: string) => () => {
      vi.stubEnv("_X_AMZN_TRACE_ID", `${id}${count++}`);
      return chatRequest({ model: NOVA });
    };
    let count = 0;
    const lean = await seenOf({}, traced("Root=1-"), "lean");
    expect(way.lean).toBe(2);
    count = 0;
    const stack = await seenOf({}, traced("Root=1-"), "stack");
    expect(lean.asked).toEqual(stack.asked);
    expect(lean.asked.map(({ headers }) => headers["x-amzn-trace-id"])).toEqual(["Root=1-0", "Root=1-1"]);
  });
});
