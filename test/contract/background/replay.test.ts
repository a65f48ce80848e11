import type OpenAI from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { has, over, type Server, serverOf, twoServers } from "../../support/background.ts";
import { type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { checkResponseEvents, eventsOf, type ToldEvent } from "../../support/response-events.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const ASKED = { model: NOVA, input: "Think about it.", background: true } as const;

const TEXT = "word ".repeat(30);

const TOLD_SLOWLY = { content: [{ text: TEXT }], delayMs: 10 };

const TOOLS: OpenAI.Responses.Tool[] = [
  { type: "function", name: "look", parameters: { type: "object", properties: {} }, strict: false },
];

async function read(server: Server, path: string, init: RequestInit = {}): Promise<ToldEvent[]> {
  const headers = { authorization: "Bearer sk-one", "content-type": "application/json" };
  const response = await server.handler(new Request(`http://bedrock/v1${path}`, { headers, ...init }));
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  return eventsOf(await response.text());
}

const create = (server: Server, body: object = {}): Promise<ToldEvent[]> =>
  read(server, "/responses", { method: "POST", body: JSON.stringify({ ...ASKED, ...body, stream: true }) });

const textOf = (events: readonly ToldEvent[]): string =>
  events
    .filter(({ type }) => type === "response.output_text.delta")
    .map(({ delta }) => delta)
    .join("");

describe("the events of a response in the background", () => {
  it("are told while it is made: promised first, then as of any response", async () => {
    house.bedrock.enqueue(TOLD_SLOWLY);
    const events = await create(serverOf(house.handler));
    expect(events.slice(0, 3).map(({ type, response }) => [type, response.status])).toEqual([
      ["response.created", "queued"],
      ["response.queued", "queued"],
      ["response.in_progress", "in_progress"],
    ]);
    expect(checkResponseEvents(events).status).toBe("completed");
    expect(textOf(events)).toBe(TEXT);
  });

  it("are the same for who comes later, in this process and in another", async () => {
    const { here, there } = twoServers(house);
    house.bedrock.enqueue(TOLD_SLOWLY);
    const events = await create(here);
    const { id } = events[0]!.response;
    for (const server of [here, there])
      expect(await read(server, `/responses/${id}?stream=true`)).toEqual(events);
  });

  it("go on behind the number that the reader knows, wherever it left off", async () => {
    const { here, there } = twoServers(house);
    house.bedrock.enqueue(TOLD_SLOWLY);
    const events = await create(here);
    const { id } = events[0]!.response;
    for (const { sequence_number: known } of events)
      expect(await read(there, `/responses/${id}?stream=true&starting_after=${known}`)).toEqual(
        events.slice(known + 1),
      );
  });

  it.each(["here", "there"] as const)("are followed live by who comes in the middle, %s", async (where) => {
    const servers = twoServers(house);
    house.bedrock.enqueue(TOLD_SLOWLY);
    const { id } = await servers.here.client.responses.create(ASKED);
    await has(servers.here.client, id, "in_progress");
    const followed = await read(servers[where], `/responses/${id}?stream=true`);
    expect(checkResponseEvents(followed).output[0]?.content[0]?.text).toBe(TEXT);
    expect(textOf(followed)).toBe(TEXT);
  });

  it("go on being kept when their reader leaves, and are there when it comes back", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue(TOLD_SLOWLY);
    const stream = await client.responses.create({ ...ASKED, stream: true });
    let id = "";
    let known = -1;
    for await (const event of stream) {
      if (event.type === "response.created") ({ id } = event.response);
      known = event.sequence_number;
      if (event.type === "response.output_text.delta") break;
    }
    const rest: string[] = [];
    for await (const event of await client.responses.retrieve(id, { stream: true, starting_after: known })) {
      expect(event.sequence_number).toBe((known += 1));
      rest.push(event.type);
    }
    expect(rest.at(-1)).toBe("response.completed");
    expect((await client.responses.retrieve(id)).output_text).toBe(TEXT);
  });

  it("are read by the official client's helper, from the beginning and from the middle", async () => {
    const { client } = serverOf(house.handler);
    house.bedrock.enqueue({
      content: [{ text: "Look." }, { toolUse: { toolUseId: "t1", name: "look", input: {} } }],
    });
    const { id } = await client.responses.create({ ...ASKED, tools: TOOLS });
    await over(client, id);
    const whole = await client.responses.stream({ response_id: id }).finalResponse();
    expect(whole.output).toMatchObject([{ type: "message" }, { type: "function_call", name: "look" }]);
    const seen: number[] = [];
    const behind = client.responses.stream({ response_id: id, starting_after: 3 });
    behind.on("event", (event) => void seen.push(event.sequence_number));
    expect((await behind.finalResponse()).output_text).toBe("Look.");
    expect(seen[0]).toBe(4);
  });

  it("tell a failure, also to who comes later", async () => {
    const { here, there } = twoServers(house);
    house.bedrock.enqueue({ content: [{ text: TEXT }], fault: { kind: "truncate", afterEvents: 4 } });
    const events = await create(here);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(["error", "response.failed"]);
    expect(checkResponseEvents(events)).toMatchObject({ status: "failed", error: { code: "server_error" } });
    const { id } = events[0]!.response;
    expect(await read(there, `/responses/${id}?stream=true`)).toEqual(events);
  });

  it("tell one that AWS refused at once", async () => {
    house.bedrock.enqueue({ error: { name: "ThrottlingException", message: "Too many requests." } });
    const events = await create(serverOf(house.handler));
    expect(checkResponseEvents(events)).toMatchObject({ error: { code: "rate_limit_exceeded" } });
  });

  it("end for who follows a response that is cancelled", async () => {
    const { here, there } = twoServers(house);
    house.bedrock.enqueue({ content: [{ text: TEXT }], fault: { kind: "stall", afterEvents: 4 } });
    const { id } = await here.client.responses.create(ASKED);
    await has(here.client, id, "in_progress");
    const following = read(there, `/responses/${id}?stream=true`);
    await here.client.responses.cancel(id);
    const events = await following;
    expect(events.map((event) => event.sequence_number)).toEqual([...events.keys()]);
    expect(events.slice(-2)).toMatchObject([
      { type: "error", code: "response_cancelled" },
      { type: "response.failed", response: { id, status: "cancelled", error: null } },
    ]);
  });

  it("end for who follows a response that is deleted", async () => {
    const { here, there } = twoServers(house);
    house.bedrock.enqueue({ content: [{ text: TEXT }], fault: { kind: "stall", afterEvents: 4 } });
    const { id } = await here.client.responses.create(ASKED);
    await has(here.client, id, "in_progress");
    const following = read(there, `/responses/${id}?stream=true`);
    await here.client.responses.delete(id);
    expect((await following).at(-1)).toMatchObject({ type: "error" });
  });
});

describe("a response of which no log was kept", () => {
  it("is told again from itself", async () => {
    const server = serverOf(house.handler);
    const thought = { reasoningText: { text: "Hm.", signature: "c2lnbmVk" } };
    house.bedrock.enqueue({
      content: [
        { reasoningContent: thought },
        { text: "Look." },
        { toolUse: { toolUseId: "t1", name: "look", input: { at: 1 } } },
      ],
    });
    const { id, output } = await server.client.responses.create({ model: NOVA, input: "Hi", tools: TOOLS });
    const events = await read(server, `/responses/${id}?stream=true`);
    expect(checkResponseEvents(events)).toMatchObject({ status: "completed", output });
  });

  it("gives its end to who has read some of it", async () => {
    const server = serverOf(house.handler);
    const { id } = await server.client.responses.create({ model: NOVA, input: "Hi" });
    const events = await read(server, `/responses/${id}?stream=true&starting_after=3`);
    expect(events).toMatchObject([{ type: "response.completed", sequence_number: 4 }]);
  });
});

describe("a replay is refused", () => {
  it.each(["-1", "two", "1.5", "9".repeat(400)])(
    "behind '%s', which is no number of an event",
    async (after) => {
      const { client } = serverOf(house.handler);
      const { id } = await client.responses.create({ model: NOVA, input: "Hi" });
      const asking = client.responses.retrieve(id, { stream: true, starting_after: after as never });
      await expect(asking).rejects.toMatchObject({ status: 400, param: "starting_after" });
    },
  );

  it("of what is not there", async () => {
    const { client } = serverOf(house.handler);
    await expect(client.responses.retrieve("resp_none", { stream: true })).rejects.toMatchObject({
      status: 404,
    });
  });
});
