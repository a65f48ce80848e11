import OpenAI7 from "openai";
import OpenAI6 from "openai6";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBedrockFetch, createBedrockOpenAI } from "../../../integrations/openai.ts";
import { type ClientClass, readingText } from "../../../integrations/openai/reading-text.ts";
import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { CLAUDE, type House, openHouse } from "../../support/bedrock.ts";
import { BREAKING, callerLeft, drained, SLOW } from "../../support/clients.ts";
import { heard, saying } from "../../support/text-streams.ts";

const CLASSES: Record<string, ClientClass> = {
  "openai 7": OpenAI7,
  "openai 6": OpenAI6 as unknown as ClientClass,
};
const ACCESS = { baseURL: "http://bedrock/v1", apiKey: "bedrock", maxRetries: 0 };
const ASKED = {
  model: CLAUDE,
  messages: [{ role: "user" as const, content: "Hello" }],
  stream: true as const,
};
const RESPONSE = { model: CLAUDE, input: "Hello", stream: true as const };

type Client = OpenAI7;
type Items = AsyncIterable<object>;

let house: House;
/** What the handler answered last. */
let answered: Response;
const noted: BedrockOpenAIHandler = async (request) => (answered = await house.handler(request));
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

describe.each(Object.entries(CLASSES))("a stream of createBedrockOpenAI(%s)", (_, OpenAI) => {
  const direct = (handler: BedrockOpenAIHandler = noted): Client =>
    createBedrockOpenAI(OpenAI, handler, { maxRetries: 0 });
  /** The class alone, which reads bytes. */
  const plain = (handler: BedrockOpenAIHandler = noted): Client =>
    new OpenAI({ ...ACCESS, fetch: createBedrockFetch(handler) });

  it.each<[string, (client: Client) => Promise<Items>]>([
    ["chat", ({ chat }) => chat.completions.create(ASKED)],
    [
      "chat, by withOptions()",
      (client) => client.withOptions({ timeout: 5_000 }).chat.completions.create(ASKED),
    ],
    [
      "completions",
      ({ completions }) => completions.create({ model: CLAUDE, prompt: "Hello", stream: true }),
    ],
    ["responses", ({ responses }) => responses.create(RESPONSE)],
    [
      "responses, fetched anew",
      async ({ responses }) => {
        const { id } = await responses.create({ model: CLAUDE, input: "Hello", background: true });
        return responses.retrieve(id, { stream: true });
      },
    ],
  ])("is read from its text, of which no bytes are made (%s)", async (_, ask) => {
    const bytesRead = async (client: Client): Promise<Set<boolean>> => {
      const seen = new Set<boolean>();
      for await (const _ of await ask(client)) seen.add(answered.bodyUsed);
      return seen;
    };
    expect(await bytesRead(direct())).toEqual(new Set([false]));
    expect(await bytesRead(plain())).toEqual(new Set([true]));
  });

  it.each<[string, (client: Client) => Promise<Items>]>([
    ["chat", ({ chat }) => chat.completions.create(ASKED)],
    ["responses", ({ responses }) => responses.create(RESPONSE)],
  ])("fails as the client itself has it where AWS breaks off (%s)", async (_, ask) => {
    const outcome = async (client: Client): Promise<unknown> => {
      house.bedrock.enqueue(BREAKING);
      const reading = ask(client).then(drained);
      return reading.catch((failure: Error) => [
        failure.constructor,
        failure.message.replaceAll(/req_\w+/g, "req"),
      ]);
    };
    const said = (outcome: unknown): unknown =>
      JSON.parse(
        JSON.stringify(outcome).replaceAll(
          /"(id|item_id|response_id)":"[^"]*"|"created(_at)?":\d+/g,
          `"it":0`,
        ),
      );
    const [itself, ours] = [await outcome(plain()), await outcome(direct())];
    expect(said(ours)).toEqual(said(itself));
    expect((ours as unknown[])[0]).toBe((itself as unknown[])[0]);
  });

  it("stops AWS where the loop is left", async () => {
    house.bedrock.enqueue(SLOW);
    const stream = await direct().chat.completions.create(ASKED);
    for await (const _ of stream) break;
    expect(stream.controller.signal.aborted).toBe(true);
    await callerLeft(house);
  });

  it.each<[string, (stream: { controller: AbortController }, caller: AbortController) => void]>([
    ["its controller", ({ controller }) => controller.abort()],
    ["the caller's signal", (_, caller) => caller.abort()],
    ["the caller's signal, with a reason", (_, caller) => caller.abort(new Error("enough"))],
  ])("ends where it is aborted by %s, also while the next chunk is waited for", async (_, abort) => {
    house.bedrock.enqueue(SLOW);
    const caller = new AbortController();
    const stream = await direct().chat.completions.create(ASKED, { signal: caller.signal });
    const chunks = stream[Symbol.asyncIterator]();
    expect((await chunks.next()).done).toBe(false);
    const waiting = chunks.next();
    const later = chunks.next();
    abort(stream, caller);
    await waiting;
    expect(await later).toEqual({ done: true, value: undefined });
    await callerLeft(house);
  });

  it("is over at once where it was aborted before it was read", async () => {
    house.bedrock.enqueue(SLOW);
    const stream = await direct().chat.completions.create(ASKED);
    stream.controller.abort();
    expect(await drained(stream)).toEqual([]);
    await callerLeft(house);
  });

  it("is read once, as the client refuses it in its own words", async () => {
    const refused = async (client: Client): Promise<unknown> => {
      const stream = await client.chat.completions.create(ASKED);
      await drained(stream);
      return drained(stream).catch((failure: Error) => [failure.constructor, failure.message]);
    };
    expect(await refused(direct())).toEqual(await refused(plain()));
  });

  it.each<[string, (stream: { controller: AbortController }) => void]>([
    ["with a reason", ({ controller }) => controller.abort(new Error("enough"))],
    ["with a word", ({ controller }) => controller.abort("enough")],
    ["without one", ({ controller }) => controller.abort()],
  ])("says of an abort %s what the client's version says of it", async (_, abort) => {
    const outcome = async (client: Client, ms: number): Promise<unknown> => {
      house.bedrock.enqueue(SLOW);
      const stream = await client.chat.completions.create(ASKED);
      const chunks = stream[Symbol.asyncIterator]();
      await chunks.next();
      setTimeout(abort, ms, stream);
      const rest = drained({ [Symbol.asyncIterator]: () => chunks });
      return rest.then(
        () => "ended",
        (failure: unknown) => failure,
      );
    };
    expect(await outcome(direct(), 20)).toEqual(await outcome(plain(), 20));
    await callerLeft(house);
  });

  it.each<[string, string[], (stream: Items) => Promise<unknown>]>([
    ["was read", ["data: 1\n\n", "data: [DONE]\n\n"], drained],
    [
      "was left",
      ["data: 1\n\n", "data: 2\n\n"],
      async (stream) => {
        for await (const _ of stream) break;
      },
    ],
    ["failed", ['data: {"error":{}}\n\n'], (stream) => drained(stream).catch(() => undefined)],
  ])("leaves a body that can be tidied up after it %s", async (_, said, read) => {
    const state = async (client: Client): Promise<unknown> => {
      const { data, response } = await client.chat.completions.create(ASKED).withResponse();
      await read(data);
      await response.body!.cancel();
      return [response.bodyUsed, response.body!.locked, await drained(response.body!)];
    };
    const ours = await state(direct(saying(said).handler));
    expect(ours).toEqual([true, false, []]);
    expect(ours).toEqual(await state(plain(saying(said).handler)));
  });

  it.each([
    ["an AbortError of its own", new DOMException("left", "AbortError")],
    ["another runtime's", new Error("FetchRequestCanceledException")],
    ["what is no error", { name: "AbortError" }],
    ["nothing", undefined],
    ["a failure", new Error("lost")],
  ])("fails by %s as the client has it", async (_, thrown) => {
    const failing = function* (): Generator<string> {
      yield "data: 1\n\n";
      throw thrown;
    };
    const [itself, ours] = [
      await heard(OpenAI, saying(failing()).handler),
      await heard(readingText(OpenAI), saying(failing()).handler),
    ];
    expect(ours).toEqual(itself);
  });

  it("can be split, and handed on as bytes, as the client has it", async () => {
    const [left, right] = (await direct().chat.completions.create(ASKED)).tee();
    const [one, two] = await Promise.all([drained(left), drained(right)]);
    expect(one.length).toBeGreaterThan(2);
    expect(two).toEqual(one);
    const lines = await new Response(
      (await direct().chat.completions.create(ASKED)).toReadableStream(),
    ).text();
    expect(
      lines
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { object: string }).object),
    ).toEqual(one.map(({ object }) => object));
  });

  it("has its response beside it, whose bytes are there for whoever asks for them instead", async () => {
    const { data, response, request_id } = await direct().chat.completions.create(ASKED).withResponse();
    expect(request_id).toBe(response.headers.get("x-request-id"));
    expect((await drained(data)).length).toBeGreaterThan(2);
    const raw = await direct().chat.completions.create(ASKED).asResponse();
    expect(await raw.text()).toMatch(/^data: \{[^]*data: \[DONE\]\n\n$/);
  });

  it("is read as bytes where somebody has put his own around the handler's answer", async () => {
    const wrapped = async (request: Request): Promise<Response> => {
      const { body, headers } = await house.handler(request);
      return new Response(body!.pipeThrough(new TransformStream()), { headers });
    };
    const chunks = await drained(
      await direct(wrapped as BedrockOpenAIHandler).chat.completions.create(ASKED),
    );
    expect(chunks.length).toBeGreaterThan(2);
  });

  it("is no stream where the answer is none", async () => {
    const headers = { "x-bedrock-explain": "true" };
    const itself = await drained(await plain().chat.completions.create(ASKED, { headers }));
    expect(await drained(await direct().chat.completions.create(ASKED, { headers }))).toEqual(itself);
  });

  it("is left to the client in the forms of its betas", async () => {
    const { handler } = saying(['event: said\ndata: {"a":1}\n\n']);
    const form = { body: {}, stream: true, __synthesizeEventData: true };
    const stream = await direct(handler).post<Items>("/chat/completions", form);
    expect(await drained(stream)).toEqual([{ event: "said", data: { a: 1 } }]);
  });

  it("is read no further ahead than one piece", async () => {
    let said = 0;
    const endless = function* (): Generator<string> {
      for (;;) yield `data: ${(said += 1)}\n\n`;
    };
    const { handler, left } = saying(endless());
    const stream = await direct(handler).chat.completions.create(ASKED);
    for await (const _ of stream) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      break;
    }
    expect(said).toBe(2);
    expect(left).toHaveLength(1);
  });

  it("belongs to a client of that class, under its name", () => {
    expect(direct()).toBeInstanceOf(OpenAI);
    expect(direct().constructor.name).toBe(OpenAI.name);
    expect(readingText(OpenAI)).toBe(readingText(OpenAI));
  });
});

describe("a class that is not as the client's is known", () => {
  it.each<[string, (OpenAI: ClientClass) => object]>([
    [
      "has another way to ask",
      (OpenAI) =>
        class extends OpenAI {
          override request = undefined as never;
        },
    ],
    [
      "promises otherwise",
      (OpenAI) =>
        class extends OpenAI {
          override request(...asked: Parameters<Client["request"]>): never {
            return Promise.resolve(super.request(...asked)) as never;
          }
        },
    ],
  ])("is used as it is: it %s", async (_, change) => {
    const Changed = change(OpenAI7) as ClientClass;
    const outcome = (Class: ClientClass): Promise<unknown> => {
      const client = new Class({ ...ACCESS, fetch: createBedrockFetch(noted) });
      return Promise.resolve()
        .then(() =>
          client.post<AsyncIterable<{ object: string }>>("/chat/completions", { body: ASKED, stream: true }),
        )
        .then((stream) => drained(stream))
        .then((items) => items.map(({ object }) => object))
        .catch((failure: Error) => failure.message);
    };
    expect(await outcome(readingText(Changed))).toEqual(await outcome(Changed));
  });
});
