import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBedrockFetch } from "../../integrations/openai.ts";
import { CLAUDE, type House, openHouse } from "../support/bedrock.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

const chat = (): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ model: CLAUDE, messages: [{ role: "user", content: "Hi" }] }),
});

function outside(): { fetch: typeof globalThis.fetch; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (input) => {
      asked.push(input instanceof Request ? input.url : String(input));
      return new Response("from outside");
    },
  };
}

describe("createBedrockFetch", () => {
  const URL_TEXT = "http://bedrock/v1/chat/completions";

  it.each([
    ["a string", () => [URL_TEXT, chat()] as const],
    ["a URL", () => [new URL(URL_TEXT), chat()] as const],
    ["a Request", () => [new Request(URL_TEXT, chat())] as const],
    ["a Request with an init", () => [new Request(URL_TEXT), chat()] as const],
    [
      "a body that is a stream, and options of another fetch",
      () => {
        const { body, ...rest } = chat();
        return [
          URL_TEXT,
          { ...rest, body: new Blob([String(body)]).stream(), dispatcher: {} } as unknown as RequestInit,
        ] as const;
      },
    ],
  ])("takes %s, as fetch does", async (_, args) => {
    const response = await createBedrockFetch(house.handler).call(undefined, ...args());
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ object: "chat.completion" });
  });

  it.each([
    "https://auth.openai.com/oauth/token",
    "http://bedrock/v2/chat/completions",
    "http://bedrock/v1evil/chat/completions",
    "http://bedrock.example/v1/chat/completions",
    "https://bedrock/v1/chat/completions",
    "http://bedrock:8080/v1/chat/completions",
  ])("hands %s to the real fetch", async (url) => {
    const { fetch, asked } = outside();
    const response = await createBedrockFetch(house.handler, { fetch })(url);
    expect(await response.text()).toBe("from outside");
    expect(asked).toEqual([url]);
  });

  it("listens at a base URL of the user's own", async () => {
    const { fetch, asked } = outside();
    const own = createBedrockFetch(house.handler, { baseURL: "https://api.openai.com/v1/", fetch });
    expect((await own("https://api.openai.com/v1/chat/completions", chat())).status).toBe(200);
    await own(URL_TEXT, chat());
    expect(asked).toEqual([URL_TEXT]);
  });

  it("without a base URL also keeps what an openai client without one would send to OpenAI", async () => {
    const { fetch, asked } = outside();
    const client = new OpenAI({ apiKey: "x", fetch: createBedrockFetch(house.handler, { fetch }) });
    const completion = await client.chat.completions.create({
      model: CLAUDE,
      messages: [{ role: "user", content: "Hi" }],
    });
    expect(completion.model).toBe(CLAUDE);
    expect(asked).toEqual([]);
  });

  it("made the global fetch does not meet itself", async () => {
    const { fetch, asked } = outside();
    const before = globalThis.fetch;
    try {
      globalThis.fetch = fetch;
      globalThis.fetch = createBedrockFetch(house.handler);
      expect(await (await globalThis.fetch("https://example.com/")).text()).toBe("from outside");
      expect(asked).toEqual(["https://example.com/"]);
    } finally {
      globalThis.fetch = before;
    }
  });

  it("rejects with the signal's own reason", async () => {
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    await expect(createBedrockFetch(house.handler)(URL_TEXT, { ...chat(), signal })).rejects.toBe(reason);
  });

  describe("lends the text of a body, which", () => {
    const post = (body: string, init: RequestInit = {}): RequestInit => ({ ...chat(), ...init, body });
    const codeOf = async (response: Response): Promise<unknown[]> => {
      const { error } = (await response.json()) as { error?: { code: unknown } };
      return [response.status, error?.code];
    };

    it.each<[string, (request: Request) => Promise<Response>]>([
      ["read", async (request) => house.handler(new Request(request.url, post(await request.text())))],
      [
        "read in a clone",
        async (request) => {
          await request.clone().json();
          return house.handler(request);
        },
      ],
      ["wrap in another request", (request) => house.handler(new Request(request))],
    ])("a handler of the user's own may %s", async (_, handler) => {
      const response = await createBedrockFetch(handler)(URL_TEXT, chat());
      expect(response.status).toBe(200);
    });

    it("is bounded in bytes, not in characters", async () => {
      const fetch = createBedrockFetch(house.withOptions({ maxBodyBytes: 1_000 }));
      const sized = (bytes: number, char: string): string => {
        const text = JSON.stringify({ model: CLAUDE, messages: [{ role: "user", content: "" }] });
        const count = (bytes - text.length) / Buffer.byteLength(char);
        return text.replace('""', JSON.stringify(char.repeat(count)));
      };
      for (const char of ["a", "é", "日"]) {
        expect(await codeOf(await fetch(URL_TEXT, post(sized(994, char))))).toEqual([200, undefined]);
        expect(await codeOf(await fetch(URL_TEXT, post(sized(1_006, char))))).toEqual([
          413,
          "request_too_large",
        ]);
      }
    });

    it("may begin with a byte order mark", async () => {
      const response = await createBedrockFetch(house.handler)(URL_TEXT, post(`\ufeff${chat().body}`));
      expect(response.status).toBe(200);
    });

    it("may hold half a character, which models do not see", async () => {
      const body = String(chat().body).replace("Hi", "Hi \ud83d!");
      expect((await createBedrockFetch(house.handler)(URL_TEXT, post(body))).status).toBe(200);
      expect(house.bedrock.requests.at(-1)!.body).toMatchObject({
        messages: [{ content: [{ text: "Hi \ufffd!" }] }],
      });
      const unknown = body.replace(CLAUDE, "acme.\ud83d-v1:0");
      const refusal = await createBedrockFetch(house.handler)(URL_TEXT, post(unknown));
      const { error } = (await refusal.json()) as { error: { message: string } };
      expect(error.message).toContain("acme.\ufffd-v1:0");
    });

    it.each<[string, RequestInit, unknown[]]>([
      ["no JSON", post("{"), [400, null]],
      ["nothing", post(""), [400, null]],
      ["no JSON by its type", post("{}", { headers: {} }), [415, "unsupported_content_type"]],
    ])("is refused where it is %s", async (_, init, refusal) => {
      expect(await codeOf(await createBedrockFetch(house.handler)(URL_TEXT, init))).toEqual(refusal);
    });

    it.each<[string, RequestInit]>([
      ["keepalive", { keepalive: true }],
      ["a mode", { mode: "no-cors" }],
    ])("is not lent where %s is set, which streams have none of", async (_, init) => {
      const response = await createBedrockFetch(house.handler)(URL_TEXT, { ...chat(), ...init });
      expect([200, 415]).toContain(response.status);
    });

    it.each<[string, RequestInit]>([
      ["keepalive", { keepalive: true }],
      ["a mode", { mode: "no-cors" }],
    ])("is not lent to a Request where %s is set", async (_, init) => {
      const { body = null, ...head } = chat();
      const request = new Request(URL_TEXT, { ...head, ...init });
      const response = await createBedrockFetch(house.handler)(request, { body });
      expect([200, 415]).toContain(response.status);
    });

    it("is not lent where what says it is no plain object, whose members a copy would lose", async () => {
      class Said {
        readonly #said = chat();
        get method() {
          return this.#said.method;
        }
        get headers() {
          return this.#said.headers;
        }
        get body() {
          return this.#said.body;
        }
      }
      const response = await createBedrockFetch(house.handler)(URL_TEXT, new Said() as RequestInit);
      expect(response.status).toBe(200);
    });
  });
});
