import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE, eventually, type House, openHouse } from "../support/bedrock.ts";
import { assertSchema } from "../support/openai-schema.ts";
import { chatRequest } from "../support/requests.ts";
import { chunksOf } from "../support/sse.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const usage = { inputTokens: 10, outputTokens: 2, totalTokens: 12 };
const answers = (...texts: string[]) => texts.map((text) => ({ content: [{ text }], usage }));

describe("n above 1", () => {
  it("is as many calls, one choice each, and usage is their sum", async () => {
    house.bedrock.enqueue(...answers("a", "b", "c"));
    const response = await house.handler(chatRequest({ model: CLAUDE, n: 3 }));
    const completion = (await response.json()) as {
      choices: { index: number; message: { content: string } }[];
    };
    assertSchema("CreateChatCompletionResponse", completion);
    expect(completion.choices.map((choice) => choice.index)).toEqual([0, 1, 2]);
    expect(completion.choices.map((choice) => choice.message.content).toSorted()).toEqual(["a", "b", "c"]);
    expect(completion).toMatchObject({
      usage: { prompt_tokens: 30, completion_tokens: 6, total_tokens: 36 },
    });
    expect(house.bedrock.requests).toHaveLength(3);
  });

  it("streams them side by side, each with its role and its finish, and one usage", async () => {
    const slow = answers("one two three", "four five six").map((answer) => ({ ...answer, delayMs: 10 }));
    house.bedrock.enqueue(...slow);
    const options = { model: CLAUDE, n: 2, stream: true, stream_options: { include_usage: true } };
    const { chunks, done } = chunksOf(await (await house.handler(chatRequest(options))).text());
    expect(done).toBe(true);
    for (const chunk of chunks) assertSchema("CreateChatCompletionStreamResponse", chunk);
    const texts = [0, 1].map((index) =>
      chunks
        .map(({ choices: [choice] }) => (choice?.index === index ? (choice.delta.content ?? "") : ""))
        .join(""),
    );
    expect(texts.toSorted()).toEqual(["four five six", "one two three"]);
    expect(chunks.filter((chunk) => chunk.choices[0]?.delta.role)).toHaveLength(2);
    expect(chunks.filter((chunk) => chunk.choices[0]?.finish_reason)).toHaveLength(2);
    const order = chunks.flatMap((chunk) => chunk.choices[0]?.index ?? []);
    expect(order).not.toEqual(order.toSorted());
    expect(chunks.at(-1)!.usage).toMatchObject({ total_tokens: 24 });
  });

  it.each([false, true])(
    "fails as a whole when one fails, and stops the others (stream: %s)",
    async (stream) => {
      const stall = { content: [{ text: "late" }], fault: { kind: "stall", afterEvents: -1 } } as const;
      house.bedrock.enqueue(stall, { error: { name: "ThrottlingException", message: "slow" } }, stall);
      const response = await house.handler(chatRequest({ model: CLAUDE, n: 3, stream }));
      expect(response.status).toBe(429);
      await eventually(() => house.bedrock.openRequests === 0);
    },
  );

  it("breaks as a whole when one breaks half-way", async () => {
    house.bedrock.enqueue(
      { content: [{ text: "one two three four" }], fault: { kind: "truncate", afterEvents: 3 } },
      { content: [{ text: "word ".repeat(1_000) }], fault: { kind: "stall", afterEvents: 5 } },
    );
    const response = await house.handler(chatRequest({ model: CLAUDE, n: 2, stream: true }));
    const { chunks, done } = chunksOf(await response.text());
    expect(done).toBe(false);
    expect(chunks.at(-1)!.error).toMatchObject({ code: "stream_interrupted" });
    await eventually(() => house.bedrock.openRequests === 0);
  });

  it("stops all when the caller leaves", async () => {
    house.bedrock.enqueue(
      ...answers("word ".repeat(500), "word ".repeat(500)).map((each) => ({ ...each, delayMs: 5 })),
    );
    const response = await house.handler(chatRequest({ model: CLAUDE, n: 2, stream: true }));
    await response.body!.cancel();
    await eventually(
      () => house.bedrock.requests.length === 2 && house.bedrock.requests.every((each) => each.aborted),
    );
  });
});
