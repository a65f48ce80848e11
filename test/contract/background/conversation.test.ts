import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { over, serverOf } from "../../support/background.ts";
import { type House, NOVA, openHouse } from "../../support/bedrock.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const ASKED = { model: NOVA, input: "A colour?", background: true } as const;

describe("a conversation that is answered in the background", () => {
  it("has the question and the answer as soon as the response is done", async () => {
    const { client } = serverOf(house.handler);
    const conversation = await client.conversations.create();
    house.bedrock.enqueue({ content: [{ text: "Blue." }] });
    const { id } = await client.responses.create({ ...ASKED, conversation: conversation.id });
    expect(await over(client, id)).toMatchObject({
      status: "completed",
      conversation: { id: conversation.id },
    });
    const { data } = await client.conversations.items.list(conversation.id, { order: "asc" });
    expect(data).toMatchObject([{ content: [{ text: "A colour?" }] }, { content: [{ text: "Blue." }] }]);
  });

  it("has nothing of a response that is cancelled", async () => {
    const { client } = serverOf(house.handler);
    const conversation = await client.conversations.create();
    house.bedrock.enqueue({ content: [{ text: "never" }], fault: { kind: "stall", afterEvents: 2 } });
    const { id } = await client.responses.create({ ...ASKED, conversation: conversation.id });
    await client.responses.cancel(id);
    expect((await client.conversations.items.list(conversation.id)).data).toEqual([]);
  });

  it("fails the response where it is deleted meanwhile", async () => {
    const { client } = serverOf(house.handler);
    const conversation = await client.conversations.create();
    house.bedrock.enqueue({ content: [{ text: "Blue." }], headersDelayMs: 200 });
    const { id } = await client.responses.create({ ...ASKED, conversation: conversation.id });
    await client.conversations.delete(conversation.id);
    expect(await over(client, id)).toMatchObject({ status: "failed", error: { code: "server_error" } });
  });
});
