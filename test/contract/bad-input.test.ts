import { createConnection, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLAUDE, eventually, type House, openHouse } from "../support/bedrock.ts";
import { DOORS, type Door } from "../support/doors.ts";
import { assertSchema } from "../support/openai-schema.ts";

let house: House;
let door: Door;
beforeAll(async () => {
  house = await openHouse();
  door = await DOORS["node:http"]!(house.withOptions({ maxBodyBytes: 1024 * 1024, timeouts: { body: 200 } }));
});
afterAll(async () => {
  await door.close();
  await house.bedrock.close();
});

interface Refusal {
  status: number;
  error: { message: string; type: string; param: string | null; code: string | null };
  headers: Headers;
}

async function send(
  body: NonNullable<RequestInit["body"]>,
  init: RequestInit = {},
  path = "/chat/completions",
): Promise<Refusal> {
  const response = await fetch(`${door.baseURL}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    ...init,
  });
  const text = await response.text();
  const parsed = JSON.parse(text) as { error: Refusal["error"] };
  assertSchema("ErrorResponse", parsed);
  return { status: response.status, error: parsed.error, headers: response.headers };
}

const json = (body: unknown): Promise<Refusal> => send(JSON.stringify(body));

async function statusOf(body: unknown): Promise<number> {
  const response = await fetch(`${door.baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
}

const user = { role: "user", content: "Hi" };
const call = { id: "a", type: "function", function: { name: "f", arguments: "{}" } };

describe("a body that is not a request", () => {
  it.each([
    ["nothing", ""],
    ["not JSON", "{model:"],
    ["JSON cut short", '{"model":"x","messages":['],
    ["bytes that are not UTF-8", new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
  ])("%s is a 400 that says so", async (_, body) => {
    const { status, error } = await send(body);
    expect(status).toBe(400);
    expect(error).toMatchObject({ type: "invalid_request_error", param: null, code: null });
    expect(error.message).toContain("could not parse the JSON body");
  });

  it.each([["[]"], ['"text"'], ["5"], ["null"]])("%s instead of an object is a 400", async (body) => {
    expect(await send(body)).toMatchObject({
      status: 400,
      error: { message: expect.stringContaining("object") },
    });
  });

  it("nested 100,000 levels deep is a 400, not a stack overflow", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const { status, error } = await send(`{"model":"x","messages":${deep}}`);
    expect([status, error.message]).toEqual([400, expect.stringContaining("nested too deeply")]);
  });

  it("of another content type is a 415", async () => {
    const { status, error } = await send("model=x", { headers: { "content-type": "text/plain" } });
    expect([status, error.code]).toEqual([415, "unsupported_content_type"]);
  });
});

describe("a body without a bound", () => {
  it("that announces its size is refused before it is read", async () => {
    const { status, error } = await send("x".repeat(1024 * 1024 + 1));
    expect([status, error.code]).toEqual([413, "request_too_large"]);
  });

  it("that never ends is refused at the bound", async () => {
    const { written, answer } = await pour(64 * 1024, 0);
    expect(answer).toMatch(/^HTTP\/1.1 413/);
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it("in a million pieces is one body", async () => {
    const text = JSON.stringify({ model: CLAUDE, messages: [user] });
    const bytes = new TextEncoder().encode(text + " ".repeat(200_000));
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at === bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, (at += 1)));
      },
    });
    const request = new Request("http://x/v1/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      duplex: "half",
    });
    expect((await house.handler(request)).status).toBe(200);
  });

  it("that stalls is given up", async () => {
    const { answer } = await pour(10, 10_000);
    expect(answer).toMatch(/^HTTP\/1.1 408/);
  });
});

/** Sends a chunked body of spaces without end, until something is answered. */
async function pour(chunk: number, pauseMs: number): Promise<{ written: number; answer: string }> {
  const { hostname, port, pathname } = new URL(door.baseURL);
  const socket: Socket = createConnection(Number(port), hostname);
  let answer = "";
  let written = 0;
  socket.on("data", (data) => void (answer += data.toString()));
  socket.on("error", () => undefined);
  socket.write(
    `POST ${pathname}/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
  );
  const piece = `${chunk.toString(16)}\r\n${" ".repeat(chunk)}\r\n`;
  const deadline = Date.now() + 5_000;
  while (answer === "" && Date.now() < deadline && !socket.destroyed) {
    if (pauseMs === 0 || written === 0) {
      socket.write(piece);
      written += chunk;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await eventually(() => answer !== "");
  socket.destroy();
  return { written, answer };
}

describe("a request that is wrong", () => {
  it.each<[string, unknown, Partial<Refusal["error"]>]>([
    [
      "no model",
      { messages: [user] },
      { message: "you must provide a model parameter", param: null, code: null },
    ],
    ["an empty model", { model: "", messages: [user] }, { message: "you must provide a model parameter" }],
    [
      "a model that is no string",
      { model: 5, messages: [user] },
      {
        message: "Invalid type for 'model': expected a string, but got an integer instead.",
        code: "invalid_type",
        param: "model",
      },
    ],
    [
      "no messages",
      { model: CLAUDE },
      {
        message: "Missing required parameter: 'messages'.",
        code: "missing_required_parameter",
        param: "messages",
      },
    ],
    ["messages: []", { model: CLAUDE, messages: [] }, { code: "empty_array", param: "messages" }],
    ["messages: {}", { model: CLAUDE, messages: {} }, { code: "invalid_type", param: "messages" }],
    [
      "a message that is a string",
      { model: CLAUDE, messages: ["Hi"] },
      {
        message: "Invalid type for 'messages[0]': expected an object, but got a string instead.",
        param: "messages[0]",
      },
    ],
    [
      "no role",
      { model: CLAUDE, messages: [{ content: "x" }] },
      { message: "Missing required parameter: 'messages[0].role'.", param: "messages[0].role" },
    ],
    [
      "an unknown role",
      { model: CLAUDE, messages: [user, { role: "robot", content: "x" }] },
      {
        message:
          "Invalid value: 'robot'. Supported values are: 'system', 'developer', 'user', 'assistant', 'tool', 'function'.",
        code: "invalid_value",
        param: "messages[1].role",
      },
    ],
    [
      "no content",
      { model: CLAUDE, messages: [{ role: "user" }] },
      { code: "missing_required_parameter", param: "messages[0].content" },
    ],
    [
      "content that is a number",
      { model: CLAUDE, messages: [{ role: "user", content: 5 }] },
      {
        message:
          "Invalid type for 'messages[0].content': expected one of a string or an array, but got an integer instead.",
        param: "messages[0].content",
      },
    ],
    [
      "an unknown part",
      { model: CLAUDE, messages: [{ role: "user", content: [{ type: "smell" }] }] },
      { code: "invalid_value", param: "messages[0].content[0].type" },
    ],
    [
      "a text part without text",
      { model: CLAUDE, messages: [{ role: "user", content: [{ type: "text" }] }] },
      { code: "missing_required_parameter", param: "messages[0].content[0].text" },
    ],
    [
      "stream that is a string",
      { model: CLAUDE, messages: [user], stream: "yes" },
      {
        message: "Invalid type for 'stream': expected a boolean, but got a string instead.",
        param: "stream",
      },
    ],
    [
      "max_tokens of nought",
      { model: CLAUDE, messages: [user], max_tokens: 0 },
      { code: "integer_below_min_value", param: "max_tokens" },
    ],
    [
      "a temperature over 2",
      { model: CLAUDE, messages: [user], temperature: 2.5 },
      {
        message:
          "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 2.5 instead.",
        code: "decimal_above_max_value",
        param: "temperature",
      },
    ],
    [
      "n over 128",
      { model: CLAUDE, messages: [user], n: 130 },
      {
        message: "Invalid 'n': integer above maximum value. Expected a value <= 128, but got 130 instead.",
        code: "integer_above_max_value",
      },
    ],
    [
      "five stop sequences",
      { model: CLAUDE, messages: [user], stop: ["a", "b", "c", "d", "e"] },
      { code: "array_above_max_length", param: "stop" },
    ],
    [
      "a function tool without function",
      { model: CLAUDE, messages: [user], tools: [{ type: "function" }] },
      { code: "missing_required_parameter", param: "tools[0].function" },
    ],
    [
      "a tool_choice that names no tool",
      { model: CLAUDE, messages: [user], tool_choice: { type: "function", function: { name: "f" } } },
      { code: "invalid_value", param: "tool_choice" },
    ],
    [
      "a response format without a name",
      { model: CLAUDE, messages: [user], response_format: { type: "json_schema", json_schema: {} } },
      { code: "missing_required_parameter", param: "response_format.json_schema.name" },
    ],
    [
      "a tool call that is not answered",
      { model: CLAUDE, messages: [user, { role: "assistant", content: null, tool_calls: [call] }, user] },
      { message: expect.stringContaining("did not have response messages: a"), param: "messages.[2].role" },
    ],
    [
      "a tool message that answers nothing",
      { model: CLAUDE, messages: [user, { role: "tool", tool_call_id: "a", content: "x" }] },
      { message: expect.stringContaining("must be a response to"), param: "messages.[1].role" },
    ],
    [
      "an image that is not a data URL",
      {
        model: CLAUDE,
        messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "x.png" } }] }],
      },
      { code: "invalid_image_url", param: "messages[0].content[0].image_url.url" },
    ],
    [
      "an image that is an SVG",
      {
        model: CLAUDE,
        messages: [
          {
            role: "user",
            content: [{ type: "image_url", image_url: "data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=" }],
          },
        ],
      },
      { code: "invalid_image_format" },
    ],
    [
      "nothing but blanks",
      { model: CLAUDE, messages: [{ role: "user", content: " \n" }] },
      { param: "messages" },
    ],
  ])("%s is a 400 that names it", async (_, body, expected) => {
    const before = house.bedrock.requests.length;
    const { status, error } = await json(body);
    expect(status).toBe(400);
    expect(error).toMatchObject({ type: "invalid_request_error", ...expected });
    expect(house.bedrock.requests).toHaveLength(before);
  });

  it("of 10,000 messages is answered, in one turn where they are one role's", async () => {
    const messages = Array.from({ length: 10_000 }, (_, index) => ({ role: "user", content: `${index}` }));
    const response = await fetch(`${door.baseURL}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: CLAUDE, messages }),
    });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  it.each([
    ["messages", (items: string) => `{"model":"x","messages":[${items}]}`],
    ["parts", (items: string) => `{"model":"x","messages":[{"role":"user","content":[${items}]}]}`],
    [
      "tool calls",
      (items: string) => `{"model":"x","messages":[{"role":"assistant","tool_calls":[${items}]}]}`,
    ],
  ])("of 300,000 bad %s names the first and forgets the rest", async (_, body) => {
    const { status, error } = await send(body(Array.from({ length: 300_000 }, () => "1").join(",")));
    expect([status, error.code]).toEqual([400, "invalid_type"]);
    expect(error.param).toMatch(/\[0\]$/);
  });

  it("of 5,000 tool rounds that all call their call 'c' is answered", async () => {
    const round = [
      { role: "assistant", content: null, tool_calls: [{ ...call, id: "c" }] },
      { role: "tool", tool_call_id: "c", content: "x" },
    ];
    const messages = [user, ...Array.from({ length: 5_000 }, () => round).flat()];
    expect(await statusOf({ model: CLAUDE, messages })).toBe(200);
  });

  it("of 100,000 unknown keys or system parts is answered", async () => {
    const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, 1]));
    expect(await statusOf({ model: CLAUDE, messages: [user], ...keys })).toBe(200);
    const parts = Array.from({ length: 20_000 }, () => ({ type: "text", text: "x" }));
    expect(await statusOf({ model: CLAUDE, messages: [{ role: "system", content: parts }, user] })).toBe(200);
  });

  it.each(["\ud800", "bedrock/", "converse/", ".", "..", "a b", "a\r\nx: y", "x".repeat(3_000)])(
    "with the model %j is a 404 that is never sent",
    async (model) => {
      house.bedrock.reset();
      const { status, error } = await json({ model, messages: [user] });
      expect([status, error.code, error.param]).toEqual([404, "model_not_found", "model"]);
      expect(error.message.length).toBeLessThan(400);
      const lists = house.bedrock.requests.filter(({ method }) => method === "GET");
      expect(house.bedrock.requests).toEqual(lists);
    },
  );

  it("with halves of characters sends whole ones", async () => {
    expect(
      await statusOf({ model: CLAUDE, messages: [{ role: "user", content: "a\ud83d b\\ud83d 👋" }] }),
    ).toBe(200);
    expect(house.bedrock.requests.at(-1)!.body).toMatchObject({
      messages: [{ content: [{ text: "a\ufffd b\\ud83d 👋" }] }],
    });
  });

  it.each(["__proto__", "constructor", "prototype"])("with the key %s pollutes nothing", async (key) => {
    const body = `{"model":"${CLAUDE}","messages":[{"role":"user","content":"Hi","${key}":{"polluted":1}}],"${key}":{"polluted":1}}`;
    const response = await fetch(`${door.baseURL}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(response.status).toBe(200);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("with megabytes of tool name stays a small request", async () => {
    const body = {
      model: CLAUDE,
      messages: [user],
      tools: [{ ...call, function: { name: "ä".repeat(200_000) } }],
    };
    const response = await fetch(`${door.baseURL}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-bedrock-adjustments")!.length).toBeLessThan(5_000);
  });
});

describe("a path or method that is not there", () => {
  it.each(["/", "/chat", "/chat/completions/one/extra", "/assistants"])(
    "POST %s is a clean 404",
    async (path) => {
      const { status, error } = await send("{}", {}, path);
      expect([status, error.code]).toEqual([404, "unknown_url"]);
      expect(error.message).toMatch(/^Invalid URL \(POST \//);
    },
  );

  it.each(["PUT", "DELETE", "PATCH"])("%s is a 405 that says what is allowed", async (method) => {
    const { status, error, headers } = await send("{}", { method });
    expect([status, error.code, headers.get("allow")]).toEqual([
      405,
      "method_not_supported",
      "POST, GET, OPTIONS",
    ]);
  });

  it("GET of a POST endpoint is a 405", async () => {
    const response = await fetch(`${door.baseURL}/embeddings`);
    expect(response.status).toBe(405);
  });

  it.each(["OPTIONS", "HEAD"])("%s never fails", async (method) => {
    for (const path of ["/chat/completions", "/health"]) {
      const response = await fetch(`${door.baseURL}${path}`, { method });
      expect(response.status).toBeLessThan(500);
    }
  });

  it("of eight thousand slashes is a 404 like any other, and of more than anyone means a 414", async () => {
    const statusOf = async (slashes: number): Promise<number> =>
      (await fetch(`${door.baseURL}/${"/".repeat(slashes)}a`)).status;
    expect(await statusOf(8_000)).toBe(404);
    expect(await statusOf(15_000)).toBe(414);
  });

  it("a trailing slash and a query change nothing", async () => {
    const response = await fetch(`${door.baseURL}/health/?api-version=1`);
    expect(await response.json()).toEqual({ status: "OK" });
  });
});

it("after all of that the house still answers, and logged nothing", async () => {
  const { status } = await fetch(`${door.baseURL}/health`);
  expect(status).toBe(200);
  expect(house.logged).toEqual([]);
  expect(house.bedrock.openRequests).toBe(0);
});
