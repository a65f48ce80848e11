import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "../../support/bedrock.ts";
import { EXCHANGES, type Exchange } from "../../support/hostile/answers.ts";
import { fuzz } from "../../support/hostile/fuzz.ts";
import { damagedStream, oddFrames, oddHeaders } from "../../support/hostile/hostile-frames.ts";
import { expectError, expectUnpolluted } from "../../support/hostile/law.ts";
import { damaged, mutated } from "../../support/hostile/mutate.ts";
import { assertSchema } from "../../support/openai-schema.ts";
import { foldChunks } from "../../support/fold-chunks.ts";
import { chunksOf } from "../../support/sse.ts";

/**
 * What a broken proxy, a server of the user's own or a stranger between may answer in AWS's place. It ends in an answer that
 * clients can read, or in an error: never in a crash, and never in half an answer that looks whole.
 */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => {
  house.bedrock.reset();
  house.logged.length = 0;
  expectUnpolluted();
});
afterAll(() => house.bedrock.close());

const ask = (path: string, body: object): Promise<Response> =>
  house.handler(
    new Request(`http://localhost/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

/** Of AWS's own OpenAI endpoints the envelope is passed on as it came. */
const isPassedOn = ({ body }: Exchange): boolean => String(body["model"]).startsWith("openai.");

async function expectWhole(exchange: Exchange, bytes: Uint8Array): Promise<void> {
  house.bedrock.reset();
  house.bedrock.enqueue({ bytes: [bytes], headers: { "content-type": "application/json" } });
  const response = await ask(exchange.path, exchange.body);
  const text = await response.text();
  if (response.status !== 200) {
    expect([response.status, text]).toEqual([
      expect.toSatisfy((status) => [500, 502].includes(status)),
      text,
    ]);
    return expectError(text);
  }
  if (exchange.schema && !isPassedOn(exchange)) assertSchema(exchange.schema, JSON.parse(text));
}

const named = (exchange: Exchange): [string, Exchange] => [
  `${exchange.path} ${String(exchange.body["model"])}`,
  exchange,
];

describe.each(EXCHANGES.map(named))("an answer to %s", (_, exchange) => {
  const text = JSON.stringify(exchange.answer);

  it("is told as it stands, so that what follows begins somewhere", async () => {
    house.bedrock.enqueue({ bytes: [Buffer.from(text)], headers: { "content-type": "application/json" } });
    const response = await ask(exchange.path, exchange.body);
    expect([response.status, house.logged]).toEqual([200, []]);
    if (exchange.schema) assertSchema(exchange.schema, await response.json());
  });

  it("of another shape is one, or a failure of AWS's", async () => {
    await fc.assert(
      fc.asyncProperty(mutated(exchange.answer), (said) => expectWhole(exchange, Buffer.from(said))),
      fuzz(60),
    );
  });
});

/** The numbers of vectors are copied by their ends, and not read. */
const READ = EXCHANGES.filter(({ path }) => path !== "/embeddings").map(named);

describe.each(READ)("an answer to %s", (_, exchange) => {
  it("of damaged bytes is one, or a failure of AWS's", async () => {
    const text = JSON.stringify(exchange.answer);
    await fc.assert(
      fc.asyncProperty(damaged(text), (bytes) => expectWhole(exchange, bytes)),
      fuzz(20),
    );
  });
});

/** A stream's text, or a refusal, that is one of the two: complete and readable, or an error. */
async function expectStreamed(response: Response, isOurs: boolean): Promise<void> {
  const text = await response.text();
  if (response.status !== 200) {
    expect([429, 500, 502, 503]).toContain(response.status);
    return expectError(text);
  }
  const { chunks, done } = chunksOf(text);
  const failed = chunks.filter(({ error }) => error);
  expect([done, failed.length]).toEqual(done ? [true, 0] : [false, 1]);
  if (!done) return expectError(JSON.stringify(failed[0]));
  if (!isOurs) return;
  for (const chunk of chunks) assertSchema("CreateChatCompletionStreamResponse", chunk);
  foldChunks(text);
}

const STREAMED = {
  model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  messages: [{ role: "user", content: "Hi" }],
  stream: true,
  stream_options: { include_usage: true },
};

describe("an event stream", () => {
  it.each([
    ["of words that nobody at AWS would say", oddFrames, 120],
    ["of headers that no frame of AWS's has", oddHeaders, 40],
    ["of damaged bytes", damagedStream, 80],
    ["of any bytes", fc.uint8Array({ maxLength: 300 }), 40],
  ] as const)("%s is complete or a failure", async (_, streams, runs) => {
    await fc.assert(
      fc.asyncProperty(streams, fc.integer({ min: 1, max: 400 }), async (bytes, splitBytes) => {
        house.bedrock.reset();
        house.bedrock.enqueue({ bytes: [bytes], splitBytes });
        await expectStreamed(await ask("/chat/completions", STREAMED), true);
      }),
      fuzz(runs),
    );
  });

  it.each([
    ["that ends with nothing said of why", '{"stopReason":null}'],
    ["that ends in null", "null"],
    ["that ends in a list", "[]"],
  ])("%s is no answer", async (_, payload) => {
    const { eventFrame, frame } = await import("../../support/frames.ts");
    const headers = {
      ":event-type": "messageStop",
      ":content-type": "application/json",
      ":message-type": "event",
    };
    house.bedrock.enqueue({
      bytes: [
        eventFrame({ messageStart: { role: "assistant" } }),
        eventFrame({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Hel" } } }),
        frame(headers, payload),
      ],
    });
    const { chunks, done } = chunksOf(await (await ask("/chat/completions", STREAMED)).text());
    expect([done, chunks.at(-1)!.error?.code]).toEqual([false, "stream_interrupted"]);
  });
});

const WITH_CHUNKS = EXCHANGES.filter(({ chunks }) => chunks).map(named);

describe.each(WITH_CHUNKS)("a model's own stream: %s", (_, { body, chunks = [] }) => {
  const streamed = { ...body, stream: true };

  it("is complete as it stands", async () => {
    house.bedrock.enqueue({ chunks: [...chunks, ...("choices" in chunks[0]! ? ["[DONE]"] : [])] });
    const response = await ask("/chat/completions", streamed);
    expect(chunksOf(await response.text()).done).toBe(true);
  });

  it("of other words is complete or a failure", async () => {
    const anyChunk = fc
      .constantFrom(...chunks)
      .chain((chunk) => fc.oneof(mutated(chunk), fc.constant(JSON.stringify(chunk))));
    await fc.assert(
      fc.asyncProperty(fc.array(anyChunk, { maxLength: 8 }), fc.boolean(), async (texts, ends) => {
        house.bedrock.reset();
        const good = ends ? chunks.map((chunk) => JSON.stringify(chunk)) : [];
        house.bedrock.enqueue({ chunks: [...texts, ...good].map(asChunk) });
        await expectStreamed(await ask("/chat/completions", streamed), !("choices" in chunks[0]!));
      }),
      fuzz(50),
    );
  });
});

/** As the emulator sends it on: a text as it stands, and what JSON cannot hold as what it is read as. */
const asChunk = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};
