import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { type House, openHouse } from "../../support/bedrock.ts";
import { fuzz } from "../../support/hostile/fuzz.ts";
import { expectLawful, expectUnpolluted } from "../../support/hostile/law.ts";
import { damaged, mutated } from "../../support/hostile/mutate.ts";
import { type Seed, SEEDS } from "../../support/hostile/seeds.ts";

/** Valid requests with something wrong in them: each is answered or refused, and none is a failure of ours. */

let house: House;
let handler: BedrockOpenAIHandler;
beforeAll(async () => {
  house = await openHouse();
  // What a URL leads to is tested elsewhere.
  handler = house.withOptions({ media: { fetch: false } });
});
afterEach(expectUnpolluted);
afterAll(() => house.bedrock.close());

const post = (path: string, body: string | Uint8Array): Promise<Response> =>
  handler(
    new Request(`http://localhost/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: body as NonNullable<RequestInit["body"]>,
    }),
  );

const named = (seed: Seed): [string, Seed] => [
  `${seed.path} ${String(seed.body["model"])} ${Object.keys(seed.body).length}`,
  seed,
];

describe.each(SEEDS.map(named))("%s", (_, { path, body }) => {
  it("is answered as it stands, so that what follows begins somewhere", async () => {
    const { status } = await expectLawful(house, await post(path, JSON.stringify(body)));
    expect(status).toBe(200);
  });

  it("of another shape is answered or refused", async () => {
    await fc.assert(
      fc.asyncProperty(mutated(body), async (text) => {
        await expectLawful(house, await post(path, text));
      }),
      fuzz(70),
    );
  });

  it("of damaged bytes is answered or refused", async () => {
    await fc.assert(
      fc.asyncProperty(damaged(JSON.stringify(body)), async (bytes) => {
        await expectLawful(house, await post(path, bytes));
      }),
      fuzz(25),
    );
  });
});

/** Found by the above, and kept. */
describe("a member that looks like an object's own method", () => {
  const odd = { toString: "x", valueOf: "x", toJSON: "x" };

  it.each([
    ["as a role", { messages: [{ role: odd, content: "Hi" }] }],
    ["as a part's type", { messages: [{ role: "user", content: [{ type: odd, text: "Hi" }] }] }],
    ["as a role beside a large file", { messages: [{ role: odd, content: "A".repeat(70_000) }] }],
    ["as a tool's type", { messages: [{ role: "user", content: "Hi" }], tools: [{ type: odd }] }],
    ["as a format", { messages: [{ role: "user", content: "Hi" }], response_format: { type: odd } }],
    ["as an effort", { messages: [{ role: "user", content: "Hi" }], reasoning_effort: odd }],
    ["as a stop", { messages: [{ role: "user", content: "Hi" }], stop: [odd] }],
  ])("%s is never called", async (_, said) => {
    for (const model of ["us.amazon.nova-pro-v1:0", "openai.gpt-oss-120b-1:0"]) {
      const response = await post("/chat/completions", JSON.stringify({ model, ...said }));
      const { status, text } = await expectLawful(house, response);
      expect([status, text]).toEqual([400, expect.stringContaining("invalid_request_error")]);
    }
  });
});

describe("two things wrong at once", () => {
  it("are one refusal, not one that nobody waits for: that would end the process", async () => {
    const lost: unknown[] = [];
    const lose = (reason: unknown): void => void lost.push(reason);
    process.prependListener("unhandledRejection", lose);
    const body = { model: "amazon.nova-canvas-v1:0", prompt: "a", image: ["AAAA", "AAAA"], mask: "data:," };
    const { status } = await expectLawful(house, await post("/images/edits", JSON.stringify(body)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.removeListener("unhandledRejection", lose);
    expect(status).toBe(400);
    expect(lost).toEqual([]);
  });
});

describe("what AWS would refuse is refused here", () => {
  const CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
  const image = (url: string): object => ({
    messages: [
      {
        role: "user",
        content: [
          { type: "image_url", image_url: { url } },
          { type: "text", text: "?" },
        ],
      },
    ],
  });
  const guarded = (guardrailIdentifier: string): object => ({
    messages: [{ role: "user", content: "Hi" }],
    guardrailConfig: { guardrailIdentifier, guardrailVersion: "1" },
  });
  const START = "iVBORw0KGgoAAAANSUhEUgAA";

  it.each<[string, object, string]>([
    ["base64 with another character", image(`data:image/png;base64,${START}*`), "image_url.url"],
    ["base64 in the alphabet of URLs", image(`data:image/png;base64,${START}-_A=`), "image_url.url"],
    ["base64 cut off amid four", image(`data:image/png;base64,${START}A`), "image_url.url"],
    [
      "large base64 cut off amid four",
      image(`data:image/png;base64,${START}${"A".repeat(80_001)}`),
      "image_url.url",
    ],
    [
      "large base64 with another character",
      image(`data:image/png;base64,${START}${"A".repeat(80_001)}!`),
      "image_url.url",
    ],
    ["base64 with padding amid it", image(`data:image/png;base64,${START}==${START}`), "image_url.url"],
    ["a guardrail that climbs", guarded("../../model/x/invoke"), "guardrailIdentifier"],
    ["a guardrail that breaks a line", guarded("abc\r\nx: y"), "guardrailIdentifier"],
    ["a guardrail in capitals", guarded("ABC"), "guardrailIdentifier"],
    [
      "a guardrail of another service",
      guarded("arn:aws:s3:us-east-1:123456789012:guardrail/abc"),
      "guardrailIdentifier",
    ],
  ])("%s", async (_, said, param) => {
    for (const stream of [false, true]) {
      const response = await post("/chat/completions", JSON.stringify({ model: CLAUDE, stream, ...said }));
      const text = await response.text();
      expect([response.status, text]).toEqual([400, expect.stringContaining(`${param}"`)]);
      expect(house.bedrock.requests).toEqual([]);
    }
  });

  it("but padding that was left away is put back", async () => {
    const { status } = await expectLawful(
      house,
      await post(
        "/chat/completions",
        JSON.stringify({ model: CLAUDE, ...image(`data:image/png;base64,${START}AAA`) }),
      ),
    );
    expect(status).toBe(200);
  });
});
