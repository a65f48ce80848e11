import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { createSwitchedStore, type SwitchedStore } from "../../support/switched-store.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

interface Told {
  status: number;
  text: string;
}

interface Server {
  store: SwitchedStore;
  call(method: string, path: string, body?: object): Promise<Told>;
  /** What an answer told of itself. */
  made(path: string, body: object): Promise<Record<string, unknown> & { id: string }>;
}

function open(): Server {
  const store = createSwitchedStore();
  const handler = house.withOptions({ store });
  const call: Server["call"] = async (method, path, body) => {
    const sent = body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await handler(new Request(`http://bedrock/v1${path}`, { method, ...sent }));
    return { status: response.status, text: await response.text() };
  };
  return { store, call, made: async (path, body) => JSON.parse((await call("POST", path, body)).text) };
}

/** The store is gone from the n-th operation on, until `act` is over. */
async function without<T>({ store }: Server, from: number, act: () => Promise<T>): Promise<[T, number]> {
  let operations = 0;
  store.fails = () => (operations += 1) >= from;
  const told = await act();
  store.fails = () => false;
  return [told, operations];
}

/** Far more operations than any of the calls needs. */
const STEPS = Array.from({ length: 12 }, (_, index) => index + 1);

/** At every step, side by side: a store that is away is asked three times. */
const atEveryStep = (check: (from: number) => Promise<boolean>): Promise<boolean[]> =>
  Promise.all(STEPS.map(check));

const HELLO = { model: NOVA, input: "Hello" };
const CHAT = { model: NOVA, store: true, messages: [{ role: "user", content: "Hello" }] };
const SAID = { items: ["One", "Two"].map((content) => ({ role: "user", content })) };

describe("a store that goes away at any step of keeping a response", () => {
  it.each([false, true])("leaves none to be found that was told as failed: stream %s", async (stream) => {
    const went = await atEveryStep(async (from) => {
      const server = open();
      const [told] = await without(server, from, () =>
        server.call("POST", "/responses", { ...HELLO, stream }),
      );
      const isDone = told.status === 200 && !told.text.includes("response.failed");
      const found = [...server.store.values.keys()].filter((key) => key.includes(":response:resp_"));
      expect(found.length, told.text).toBe(isDone ? 1 : 0);
      return isDone;
    });
    expect(new Set(went)).toEqual(new Set([false, true]));
  });

  it("takes it back where its conversation could not be kept", async () => {
    const server = open();
    const { id } = await server.made("/conversations", {});
    server.store.fails = (operation, key) => operation === "set" && key.includes(":conversation:");
    const told = await server.call("POST", "/responses", { ...HELLO, conversation: id, stream: true });
    expect(told.text).toContain("event: response.failed");
    expect([...server.store.values.keys()].filter((key) => !key.includes(":conversation:"))).toEqual([]);
  });
});

/** What is deleted, and what it needs to be there. */
const DELETED: Readonly<Record<string, (server: Server) => Promise<string>>> = {
  "a response": async ({ made }) => `/responses/${(await made("/responses", HELLO)).id}`,
  "a conversation": async ({ made }) => `/conversations/${(await made("/conversations", SAID)).id}`,
  "a chat completion": async ({ made }) => `/chat/completions/${(await made("/chat/completions", CHAT)).id}`,
};

describe("a store that goes away at any step of deleting", () => {
  it.each(Object.keys(DELETED))("%s: who is told to try again can, and nothing is left", async (name) => {
    const went = await atEveryStep(async (from) => {
      const server = open();
      const path = await DELETED[name]!(server);
      const [first] = await without(server, from, () => server.call("DELETE", path));
      if (first.status !== 200) expect((await server.call("DELETE", path)).status).toBe(200);
      expect((await server.call("GET", path)).status).toBe(404);
      // A list of chat completions passes over what is gone.
      const left = [...server.store.values.keys()].filter((key) => !key.includes(":chats:"));
      expect(left).toEqual([]);
      return first.status === 200;
    });
    expect(new Set(went)).toEqual(new Set([false, true]));
  });

  it("an item of a conversation: it can be deleted again, and the others stay", async () => {
    const went = await atEveryStep(async (from) => {
      const server = open();
      const { id } = await server.made("/conversations", SAID);
      const items = `/conversations/${id}/items`;
      const list = async (): Promise<{ id: string }[]> =>
        JSON.parse((await server.call("GET", items)).text).data;
      const [last, other] = await list();
      const [first] = await without(server, from, () => server.call("DELETE", `${items}/${last!.id}`));
      expect([200, 404]).toContain((await server.call("GET", `${items}/${last!.id}`)).status);
      if (first.status !== 200)
        expect((await server.call("DELETE", `${items}/${last!.id}`)).status).toBe(200);
      expect(await list()).toEqual([other]);
      return first.status === 200;
    });
    expect(new Set(went)).toEqual(new Set([false, true]));
  });
});
