import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BedrockEmulator, startBedrockEmulator } from "../../../src/testing/index.ts";
import { type Child, startChild } from "../../bench/child.ts";
import type { MemoryAnswer, MemoryOrder } from "./subject.ts";

/**
 * What calls leave behind in a process that stays up for months. It is a process of its own, so that neither the tests nor
 * the emulator are counted.
 */

let bedrock: BedrockEmulator;
let subject: Child<MemoryOrder>;
/** An AWS that knows no model: the emulator would be most of the work. */
const nobody = createServer((request, response) => {
  request.resume().on("end", () => {
    const headers = { "content-type": "application/json", "x-amzn-errortype": "ResourceNotFoundException" };
    response.writeHead(404, headers).end('{"message":"Nothing is here."}');
  });
});
beforeAll(async () => {
  bedrock = await startBedrockEmulator();
  nobody.listen(0, "127.0.0.1");
  await once(nobody, "listening");
  const elsewhere = `http://127.0.0.1:${(nobody.address() as AddressInfo).port}`;
  subject = startChild<MemoryOrder>("../contract/memory/subject.ts", [bedrock.url, elsewhere], "subject");
}, 120_000);
afterAll(async () => {
  subject.stop();
  nobody.closeAllConnections();
  nobody.close();
  await bedrock.close();
});

/** Bytes. What a single call needs while it runs is a hundred times as much. */
const LEAST_LEAK = 500;

/** Bytes. Node's share is a good half of what is kept today. */
const OPEN_STREAM = 28_000;

describe("memory is where it was before", () => {
  it.each<[Extract<MemoryOrder, { law: "calls" }>["kind"], outcome: string]>([
    ["a whole answer", "200"],
    ["a stream", "200"],
    ["several choices", "200"],
    ["completions", "200"],
    ["embeddings", "200"],
    ["an explanation", "200"],
    ["a refusal of ours", "400"],
    ["a refusal of AWS's", "404"],
    ["a stream that is left", "left"],
    ["a stream that nobody reads", "left"],
    ["a response", "200"],
    ["a response that stands on another", "200"],
    ["a streamed response", "200"],
    ["a streamed response that is left", "left"],
    ["a response in the background", "completed"],
    ["a response in the background whose replay is left", "left"],
    ["a response in the background that is cancelled", "200"],
    ["a reference to nothing", "400"],
    ["a conversation of one turn", "200"],
    ["a stored chat completion", "200"],
    ["a message", "200"],
    ["a streamed message", "200"],
    ["a streamed message that is left", "left"],
    ["a caller who leaves before the answer", "500"],
    ["a stream in process", "read"],
    ["a stream in process that is left", "left"],
  ])(
    "after many calls: %s",
    async (kind, outcome) => {
      const order = { law: "calls", kind, times: 100, rounds: 10, enough: LEAST_LEAK } as const;
      // On a busy machine an answer comes before its caller has left.
      if (kind === "a caller who leaves before the answer")
        for (let call = 0; call < 1_100; call += 1) bedrock.enqueue({ headersDelayMs: 5_000 });
      const { outcomes, growth } = await subject.ask<MemoryAnswer>(order);
      expect(outcomes).toEqual({ [outcome]: 100 * (growth.length + 1) });
      // What leaks does so in every round. A compiler takes hundreds of calls until it has taken what it takes.
      expect(Math.min(...growth)).toBeLessThan(LEAST_LEAK);
      await expect.poll(() => bedrock.openRequests).toBe(0);
      bedrock.reset();
    },
    120_000,
  );

  it.each<Extract<MemoryOrder, { law: "open" }>["kind"]>(["chat", "responses", "messages"])(
    "while AWS answers: an open stream keeps nothing of what was asked (%s)",
    async (kind) => {
      const order = { law: "open", kind, times: 5, chars: 300_000 } as const;
      expect((await subject.ask<MemoryAnswer>(order)).kept).toBe(0);
      await expect.poll(() => bedrock.openRequests).toBe(0);
      bedrock.reset();
    },
    120_000,
  );

  it("while AWS answers: an open stream keeps little more than Node's own socket, request and Web stream take", async () => {
    const { growth } = await subject.ask<MemoryAnswer>({ law: "many open", times: 200 });
    expect(growth[0]).toBeLessThan(OPEN_STREAM);
    await expect.poll(() => bedrock.openRequests).toBe(0);
    bedrock.reset();
  }, 120_000);

  it("after many calls at once with one signal, on which nothing is left, and Node warns of nothing", async () => {
    const answer = await subject.ask<MemoryAnswer>({ law: "signal", times: 200 });
    expect(answer).toMatchObject({ outcomes: { streamed: 100, embedded: 100 }, listeners: 0, warnings: [] });
  }, 120_000);

  /** Kept for each name, this is what would be seen. */
  const LONG = "x".repeat(1_000);

  /** More than AWS has. */
  const REGIONS = ["eu", "us", "ap"].flatMap((area) =>
    numbers(90).map((number) => `${area}-north-${Number(number) + 10}`),
  );
  /** What one of the SDK's clients takes. */
  const CLIENT_BYTES = 20_000;
  const LENT = { aws_access_key_id: "AKIALENT#", aws_secret_access_key: "x", aws_session_token: LONG };

  it.each<[string, body: object, words: string[], most?: number]>([
    ["models that are none", { model: `acme.${LONG}#` }, numbers(1_200)],
    ["names that a pattern leads on", { model: `own-nova-${LONG}#` }, numbers(1_200)],
    ["profiles that hide their model", { model: `${PROFILE}/${LONG}#` }, numbers(2_400)],
    ["models on AWS's native endpoint", { model: `mantle/openai.${LONG}#` }, numbers(1_200)],
    ["Regions", { model: "#/acme.unheard-of" }, REGIONS, CLIENT_BYTES / 2],
    ["credentials of the callers' own", LENT, numbers(2_400)],
  ])(
    "after calls for ever other %s",
    async (_, body, words, most = LONG.length / 2) => {
      const answer = await subject.ask<MemoryAnswer>({ law: "ever other", body, words });
      expect(answer.outcomes).toEqual({ "404": words.length });
      expect(answer.growth[0]).toBeLessThan(most);
    },
    120_000,
  );
});

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

const PROFILE = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile";
