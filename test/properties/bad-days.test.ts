import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type BedrockEmulator,
  type Fault,
  type Reply,
  startBedrockEmulator,
} from "../../src/testing/index.ts";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

/** What may happen to one call of a stream; undefined is nothing. */
const fault: fc.Arbitrary<Fault | undefined> = fc.option(
  fc.oneof(
    fc.record({
      kind: fc.constant("exception" as const),
      afterEvents: fc.nat(6),
      type: fc.constantFrom("throttlingException", "modelStreamErrorException", "validationException"),
      message: fc.constant("no"),
    }),
    fc.record({
      kind: fc.constantFrom("end" as const, "truncate" as const, "bad-crc" as const, "bad-prelude" as const),
      afterEvents: fc.nat(6),
    }),
    fc.record({ kind: fc.constant("reset" as const), afterEvents: fc.integer({ min: -1, max: 6 }) }),
  ),
  { nil: undefined, freq: 3 },
);

const refusal = fc.constantFrom("ThrottlingException", "ServiceUnavailableException", "ValidationException");

const reply = (text: string): fc.Arbitrary<Reply> =>
  fc
    .oneof(
      { weight: 4, arbitrary: fc.tuple(fault, fc.constantFrom(0, 1), fc.constantFrom(undefined, 7)) },
      { weight: 1, arbitrary: refusal },
    )
    .map((drawn): Reply => {
      if (typeof drawn === "string") return { error: { name: drawn, message: "no" } };
      const [wrong, delayMs, splitBytes] = drawn;
      return {
        content: [{ text }],
        delayMs,
        ...(splitBytes && { splitBytes }),
        ...(wrong && { fault: wrong }),
      };
    });

/** Kept connections that close before anything is answered, as stale ones do. */
const lost = (replies: readonly Reply[]): number =>
  replies.filter(({ fault }) => fault?.kind === "reset" && fault.afterEvents === -1).length;

const EAST = "e1 e2 e3 e4";
const WEST = "w1 w2 w3 w4";

let house: House;
let west: BedrockEmulator;
beforeAll(async () => {
  house = await openHouse();
  west = await startBedrockEmulator({ region: "us-west-2" });
});
afterAll(() => Promise.all([house.bedrock.close(), west.close()]));

describe("whatever fails, and whenever", () => {
  it("a stream is one answer told once: whole and ended, or the beginning of it and an error", async () => {
    const replies = (text: string) => fc.array(reply(text), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(replies(EAST), replies(WEST), async (ofEast, ofWest) => {
        house.bedrock.reset();
        west.reset();
        house.bedrock.enqueue(...ofEast);
        west.enqueue(...ofWest);
        const handler = house.withOptions({
          retries: 1,
          models: {
            claude: { model: CLAUDE, fallbacks: ["west"] },
            west: { model: CLAUDE, region: "us-west-2", endpoint: west.url },
          },
        });
        const response = await handler(chatRequest({ model: "claude", stream: true }));
        const body = await response.text();
        // Each target is asked once, or as often as `retries` says; a lost connection once more for nothing.
        expect(house.bedrock.requests.length).toBeLessThanOrEqual(2 + lost(ofEast));
        expect(west.requests.length).toBeLessThanOrEqual(2 + lost(ofWest));
        if (response.status !== 200) {
          expect(body).toContain('"error":{');
          return;
        }
        const { chunks, done } = chunksOf(body);
        const said = chunks.map((chunk) => chunk.choices?.[0]?.delta.content ?? "").join("");
        const roles = chunks.filter((chunk) => "role" in (chunk.choices?.[0]?.delta ?? {}));
        expect(roles.length).toBeLessThanOrEqual(1);
        if (done) expect([EAST, WEST]).toContain(said);
        else {
          expect([EAST, WEST].some((whole) => whole.startsWith(said))).toBe(true);
          expect(chunks.at(-1)).toHaveProperty("error");
        }
      }),
      { numRuns: 150 },
    );
  });
});
