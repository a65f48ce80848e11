import type OpenAI7 from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { over } from "../../support/background.ts";
import { CLAUDE, eventually, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { drained, sent, SLOW } from "../../support/clients.ts";
import { GPT, MODELS, type Reach, REACHES } from "../../support/response-clients.ts";
import { assistant, CLIENTS, type InputItem, user } from "../../support/response-openai.ts";

describe.each(CLIENTS)("$client $reach keeps", ({ reach, OpenAI }) => {
  let house: House;
  let reached: Reach;
  let client: OpenAI7;
  beforeEach(async () => {
    house = await openHouse();
    reached = await REACHES[reach]!(house.handler);
    client = new OpenAI({ ...reached, maxRetries: 0 });
  });
  afterEach(async () => {
    await reached.close();
    await house.bedrock.close();
    expect(await reached.settled()).toBeGreaterThanOrEqual(0);
  });

  it.each(MODELS)(
    "works in the background while the caller is elsewhere, and tells all of it again to who comes later (%s)",
    async (model) => {
      house.bedrock.enqueue({ content: [{ text: "one two three" }], delayMs: 5 });
      const body = { model, input: "Count", background: true };
      const stream = await client.responses.create({ ...body, stream: true });
      let id = "";
      let seen = -1;
      for await (const event of stream) {
        if (event.type === "response.created") ({ id } = event.response);
        seen = event.sequence_number;
        if (event.type === "response.output_item.added") break;
      }
      const rest = await client.responses.retrieve(id, { stream: true, starting_after: seen });
      const numbers = (await drained(rest)).map((event) => event.sequence_number);
      expect(numbers).toEqual(numbers.map((_, index) => seen + 1 + index));
      expect((await over(client, id)).output_text).toBe("one two three");
      const again = client.responses.stream({ response_id: id, starting_after: seen });
      expect((await drained(again)).map((event) => event.sequence_number)).toEqual(numbers);
      expect((await again.finalResponse()).output_text).toBe("one two three");
    },
  );
  it("is polled until it is there, or cancelled", async () => {
    house.bedrock.enqueue({ content: [{ text: "Done." }], headersDelayMs: 30 });
    const first = await client.responses.create({ model: CLAUDE, input: "x", background: true });
    expect(first.status).toBe("queued");
    expect((await over(client, first.id)).output_text).toBe("Done.");
    house.bedrock.enqueue(SLOW);
    const second = await client.responses.create({ model: GPT, input: "x", background: true });
    await eventually(() => house.bedrock.openRequests > 0);
    expect((await client.responses.cancel(second.id)).status).toBe("cancelled");
    await eventually(() => house.bedrock.openRequests === 0);
    expect((await client.responses.retrieve(second.id)).status).toBe("cancelled");
    await expect(client.responses.cancel("resp_none")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it("pages through what was asked, and forgets it", async () => {
    const input = ["one", "two", "three", "four", "five"].map(user);
    const { id } = await client.responses.create({
      model: NOVA,
      input: input.flatMap((each) => [each, assistant("Yes.")]),
    });
    const pages = client.responses.inputItems.list(id, { limit: 3, order: "asc" });
    const texts = (await drained(pages)).map((item) => (item.type === "message" ? item.content[0] : {}));
    expect(texts.filter((_, index) => index % 2 === 0)).toMatchObject(
      input.map((each) => ({ type: "input_text", text: (each as { content: string }).content })),
    );
    expect(texts).toHaveLength(10);
    const newest = await client.responses.inputItems.list(id, { limit: 1 });
    expect(newest).toMatchObject({ has_more: true, data: [{ role: "assistant" }] });
    await client.responses.delete(id);
    await expect(client.responses.retrieve(id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it("keeps a conversation that several responses share", async () => {
    const { conversations, responses } = client;
    const conversation = await conversations.create({
      metadata: { of: "mine" },
      items: [user("I am Ada.")],
    });
    house.bedrock.enqueue({ content: [{ text: "Hello, Ada." }] }, { content: [{ text: "Ada." }] });
    const first = await responses.create({ model: CLAUDE, conversation: conversation.id, input: "Hi" });
    expect(first.conversation).toEqual({ id: conversation.id });
    await responses
      .stream({ model: NOVA, conversation: { id: conversation.id }, input: "Who am I?" })
      .finalResponse();
    expect(sent(house).messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    const items = await drained(conversations.items.list(conversation.id, { order: "asc", limit: 2 }));
    expect(items.map((item) => item.type === "message" && item.role)).toEqual([
      "user",
      "user",
      "assistant",
      "user",
      "assistant",
    ]);
    await conversations.items.delete(items[0]!.id!, { conversation_id: conversation.id });
    const added = await conversations.items.create(conversation.id, { items: [user("Bye")] });
    expect(added.data).toMatchObject([{ role: "user", content: [{ type: "input_text", text: "Bye" }] }]);
    expect(
      await conversations.items.retrieve(added.data[0]!.id!, { conversation_id: conversation.id }),
    ).toMatchObject({ role: "user" });
    expect((await conversations.update(conversation.id, { metadata: { of: "yours" } })).metadata).toEqual({
      of: "yours",
    });
    expect(await conversations.delete(conversation.id)).toMatchObject({ deleted: true });
    await expect(conversations.retrieve(conversation.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it("counts what a request would cost, and makes a long history short", async () => {
    const input = [user("I am Ada."), assistant("Hello, Ada."), user("I live in Oslo.")];
    const { input_tokens } = await client.responses.inputTokens.count({ model: CLAUDE, input });
    expect(input_tokens).toBeGreaterThan(5);
    house.bedrock.enqueue({ content: [{ text: "Ada was greeted." }] });
    const compacted = await client.responses.compact({ model: CLAUDE, input });
    expect(compacted.output.map(({ type }) => type)).toEqual(["message", "message", "compaction"]);
    await client.responses.create({
      model: NOVA,
      input: [...(compacted.output as InputItem[]), user("Who am I?")],
    });
    expect(JSON.stringify(sent(house))).toContain("Ada was greeted.");
    expect(JSON.stringify(sent(house))).not.toContain("Hello, Ada.");
  });
});
