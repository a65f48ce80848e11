import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shortHash } from "../../../src/conversation/short-hash.ts";
import type { Conversation, JsonObject } from "../../../src/conversation/types.ts";
import { chatRequest as requestSchema } from "../../../src/openai/chat-request.ts";
import { CLAUDE, type House, LLAMA, NEW_CLAUDE, NOVA, openHouse } from "../../support/bedrock.ts";
import { DOORS } from "../../support/doors.ts";

/**
 * Nothing here asserts a time: the sizes are such that an answer would take minutes, or all memory, if its cost grew
 * faster than its request. The runner's own timeout judges.
 */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.bedrock.close());

interface Told {
  status: number;
  request?: { body: Conversation };
  error?: { message: string; code: string | null; param: string | null };
  notes: string;
}

/** What would be sent for a body, without sending megabytes of it. */
async function explain(body: unknown, headers: Record<string, string> = {}): Promise<Told> {
  const response = await house.handler(
    new Request("http://x/v1/chat/completions", {
      method: "POST",
      headers: { "content-type": "application/json", "x-bedrock-explain": "1", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
  const told = (await response.json()) as Omit<Told, "status" | "notes">;
  return { ...told, status: response.status, notes: response.headers.get("x-bedrock-adjustments") ?? "" };
}

const times = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

const user = { role: "user", content: "q" };
const asks = { model: CLAUDE, messages: [user] };
const text = { type: "text", text: "x" };
const tool = (parameters: JsonObject, more: object = {}): object => ({
  type: "function",
  function: { name: "f", parameters, ...more },
});
const call = (id: string, name = "f", args = "{}"): object => ({
  id,
  type: "function",
  function: { name, arguments: args },
});
const result = (id: string): object => ({ role: "tool", tool_call_id: id, content: "x" });

/** One state of FNV-1a after another: what follows two texts of one state has one state again. */
function step(state: number, piece: string): number {
  let hash = state;
  for (let at = 0; at < piece.length; at += 1) hash = Math.imul(hash ^ piece.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function twins(state: number): [string, string] {
  const seen = new Map<number, string>();
  for (let number = 0; ; number += 1) {
    const piece = number.toString(36).padStart(6, "0");
    const after = step(state, piece);
    const twin = seen.get(after);
    if (twin !== undefined) return [twin, piece];
    seen.set(after, piece);
  }
}

/** `2 ** bits` texts of one hash, none of them an identifier that Bedrock takes. */
function colliding(bits: number): string[] {
  const start = "!".repeat(60);
  let state = step(0x811c9dc5, start);
  let texts = [start];
  for (let bit = 0; bit < bits; bit += 1) {
    const [one, other] = twins(state);
    state = step(state, one);
    texts = texts.flatMap((each) => [each + one, each + other]);
  }
  return texts;
}

describe("texts of one hash", () => {
  const COUNT = 2 ** 14;
  let texts: string[];
  beforeAll(() => {
    texts = colliding(14);
  });

  it("are many, as easily made as here", () => {
    expect(new Set(texts).size).toBe(COUNT);
    expect(new Set(texts.map(shortHash)).size).toBe(1);
  });

  it.each<[string, (each: string, index: number) => [id: string, name: string]]>([
    ["ids of tool calls", (each) => [each, "f"]],
    ["names of tools", (each, index) => [`c${index}`, each]],
  ])("as %s are told apart one by one", async (_, toCall) => {
    const calls = texts.map(toCall);
    const history = [
      user,
      { role: "assistant", tool_calls: calls.map(([id, name]) => call(id, name)) },
      ...calls.map(([id]) => result(id)),
    ];
    const { status, request } = await explain({
      ...asks,
      tools: [tool({ type: "object" })],
      messages: history,
    });
    expect(status).toBe(200);
    const uses = request!.body.messages[1]!.content.map(({ toolUse }) => toolUse!);
    expect(new Set(uses.map(({ toolUseId }) => toolUseId)).size).toBe(COUNT);
  });
});

describe("a list or object of a million wrong items", () => {
  const zeros = (count: number): string => `[${"0,".repeat(count - 1)}0]`;
  const numbers = (count: number): string => `{${times(count, (index) => `"k${index}":0`).join(",")}}`;
  const MANY = 1_000_000;
  const RECORD = 50_000;

  it.each<[param: string, member: () => string]>([
    ["messages[0]", () => `"messages":${zeros(MANY)}`],
    ["tools", () => `"tools":${zeros(MANY)}`],
    ["functions", () => `"functions":${zeros(MANY)}`],
    ["stop", () => `"stop":${zeros(MANY)}`],
    ["modalities[0]", () => `"modalities":${zeros(MANY)}`],
    [
      "tool_choice",
      () => `"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":${zeros(MANY)}}}`,
    ],
    ["cache_control_injection_points", () => `"cache_control_injection_points":${zeros(MANY)}`],
    ["additionalModelResponseFieldPaths", () => `"additionalModelResponseFieldPaths":${zeros(MANY)}`],
    ["metadata.k0", () => `"metadata":${numbers(RECORD)}`],
    ["requestMetadata.k0", () => `"requestMetadata":${numbers(RECORD)}`],
  ])("is one mistake, not a million: %s", async (param, member) => {
    // The later of two members of one name counts.
    const body = `{"model":"${CLAUDE}","messages":[{"role":"user","content":"q"}],${member()}}`;
    const told = await explain(body);
    expect([told.status, told.error?.param?.startsWith(param)]).toEqual([400, true]);
    expect(told.error!.message.length).toBeLessThan(300);
    const issues = requestSchema.safeParse(JSON.parse(body)).error!.issues;
    expect(JSON.stringify(issues).length).toBeLessThan(5_000);
  });
});

describe("schemas that cost more than they are long", () => {
  const nested = (inner: JsonObject, levels: number): JsonObject =>
    times(levels, () => 0).reduce<JsonObject>((items) => ({ type: "array", items }), inner);
  const chain: JsonObject = {
    type: "object",
    properties: { a: { $ref: "#/$defs/D0" } },
    additionalProperties: false,
    $defs: {
      ...Object.fromEntries(times(99, (at) => [`D${at}`, nested({ $ref: `#/$defs/D${at + 1}` }, 230)])),
      D99: { type: "string" },
    },
  };
  const twice: JsonObject = {
    type: "object",
    properties: { a: { $ref: "#/$defs/D0" } },
    $defs: Object.fromEntries(
      times(60, (at) => [
        `D${at}`,
        { anyOf: [{ $ref: `#/$defs/D${at + 1}` }, { $ref: `#/$defs/D${at + 1}` }] },
      ]),
    ),
  };
  const amplified: JsonObject = {
    type: "object",
    properties: Object.fromEntries(times(3_000, (at) => [`p${at}`, { $ref: "#/$defs/A" }])),
    $defs: { A: { type: "string", description: "d".repeat(400_000) } },
  };
  const referring = (count: number, name: (at: number) => string, $defs: JsonObject): JsonObject => ({
    type: "object",
    properties: Object.fromEntries(times(count, (at) => [`p${at}`, { $ref: `#/$defs/${name(at)}` }])),
    additionalProperties: false,
    $defs,
  });
  const closed = (properties: JsonObject): JsonObject => ({
    type: "object",
    properties,
    additionalProperties: false,
  });
  const wide = closed(Object.fromEntries(times(30_000, (at) => [`p${at}`, { type: "string" }])));
  const winding = referring(20_000, () => "A", { A: { $ref: `#/${"~1/".repeat(200_000)}` } });
  const longNamed = referring(20_000, () => "A", { A: closed({ ["k".repeat(500_000)]: {} }) });
  /** One place by as many names as its tildes can be written in two ways. */
  const aliased = referring(
    20_000,
    (at) => at.toString(2).padStart(17, "0").replaceAll("0", "~").replaceAll("1", "~0"),
    { ["~".repeat(17)]: wide },
  );
  const merging = { oneOf: times(199, () => ({ $ref: "#/$defs/A" })), $defs: { A: wide } };
  const enclosing = times(120, () => 0).reduce<JsonObject>((schema) => ({ allOf: [schema] }), wide);
  const formatted = (schema: JsonObject): object => ({
    response_format: { type: "json_schema", json_schema: { name: "x", schema } },
  });
  const ways: [string, (schema: JsonObject) => object][] = [
    ["a tool of Nova's", (schema) => ({ model: NOVA, tools: [tool(schema)] })],
    ["a strict tool of Claude's", (schema) => ({ model: CLAUDE, tools: [tool(schema, { strict: true })] })],
    ["an answer by Claude", (schema) => ({ model: CLAUDE, ...formatted(schema) })],
    ["an answer by Nova", (schema) => ({ model: NOVA, ...formatted(schema) })],
  ];

  describe.each(ways)("as %s", (_, request) => {
    it.each([
      ["a chain of references longer than the stack is deep", chain],
      ["references that double sixty times", twice],
      ["three thousand references to half a megabyte", amplified],
      ["twenty thousand references to a reference of half a megabyte", winding],
      ["twenty thousand references to a name of half a megabyte", longNamed],
      ["twenty thousand names of one place", aliased],
      ["two hundred alternatives that are one of thirty thousand members", merging],
      ["thirty thousand members within a hundred branches", enclosing],
    ])("%s", async (__, schema) => {
      const { status, request: sent } = await explain({ messages: [user], ...request(schema) });
      expect(status).toBe(200);
      expect(JSON.stringify(sent!.body).length).toBeLessThan(40_000_000);
    });
  });

  it("references that multiply in each of hundreds of tools", async () => {
    const doubling = (at: number): JsonObject =>
      closed({ a: { $ref: `#/$defs/D${at + 1}` }, b: { $ref: `#/$defs/D${at + 1}` } });
    const $defs = Object.fromEntries(times(20, (at) => [`D${at}`, doubling(at)]));
    const tools = times(120, (at) => ({
      type: "function",
      function: { name: `f${at}`, parameters: { ...doubling(-1), $defs } },
    }));
    const { status, request } = await explain({ ...asks, model: NOVA, tools });
    expect(status).toBe(200);
    expect(JSON.stringify(request!.body).length).toBeLessThan(10_000_000);
  });

  it("alternatives that require thousands of the same", async () => {
    const first = { required: times(3_000, () => "z") };
    const others = times(700, () => ({ required: [...times(3_000, () => "a"), "z"] }));
    const { status, request } = await explain({ ...asks, tools: [tool({ anyOf: [first, ...others] })] });
    expect(status).toBe(200);
    expect(request!.body.toolConfig!.tools[0]!.toolSpec!.inputSchema.json["required"]).toEqual(["z"]);
  });

  it("three hundred thousand alternatives", async () => {
    const { status } = await explain({ ...asks, tools: [tool({ anyOf: times(300_000, () => ({})) })] });
    expect(status).toBe(200);
  });
});

describe("hundreds of thousands of", () => {
  const keys = (count: number, name: string): object =>
    Object.fromEntries(times(count, (index) => [`${name}${index}`, 1]));
  const parts = (count: number, part: object): object[] => times(count, () => part);
  const marked = { ...text, cache_control: { type: "ephemeral" } };
  const use = { type: "tool_use", id: "c", name: "f", input: {} };
  const says = (...messages: object[]): object => ({ messages: [user, ...messages] });
  const assistant = (more: object): object => ({ role: "assistant", ...more });

  it.each<[string, () => object]>([
    ["keys that nobody knows, where the family's are known", () => keys(200_000, "k")],
    ["keys that nobody knows, where they may be the model's", () => ({ model: LLAMA, ...keys(50_000, "k") })],
    ["keys that are no model's", () => keys(50_000, "aws_")],
    ["parts of a user's", () => says({ role: "user", content: parts(200_000, text) })],
    ["marks for the cache", () => says({ role: "user", content: parts(100_000, marked) })],
    ["parts of an unknown kind", () => says(assistant({ content: parts(200_000, { type: "x" }) }), user)],
    [
      "parts of one instruction in the middle",
      () => says({ role: "system", content: parts(200_000, text) }, user),
    ],
    [
      "instructions in the middle, where the model takes them there",
      () => ({ model: NEW_CLAUDE, ...says(...parts(100_000, { role: "system", content: "s" })) }),
    ],
    [
      "results of one call",
      () => says(assistant({ tool_calls: [call("c")] }), ...parts(100_000, result("c"))),
    ],
    ["calls in Anthropic's parts", () => says(assistant({ content: parts(400_000, use) }), result("c"))],
  ])("%s", async (_, members) => {
    const { status, notes } = await explain({ ...asks, ...members() });
    expect(status).toBe(200);
    expect(notes.length).toBeLessThan(8_000);
  });
});

describe("an object of more members than any request has", () => {
  const MANY = 500_001;
  const WIRES: [path: string, asked: object][] = [
    ["/v1/chat/completions", asks],
    ["/v1/completions", { model: CLAUDE, prompt: "q" }],
    ["/v1/responses", { model: CLAUDE, input: "q" }],
    ["/v1/messages", { ...asks, max_tokens: 8 }],
    ["/v1/embeddings", { model: "amazon.titan-embed-text-v2:0", input: "q" }],
    ["/v1/images/generations", { model: "amazon.nova-canvas-v1:0", prompt: "q" }],
  ];
  const members = (count: number): object => Object.fromEntries(times(count, (index) => [`k${index}`, "v"]));

  async function post(path: string, body: object): Promise<{ status: number; error: unknown }> {
    const response = await house.handler(
      new Request(`http://x${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
    const { error } = (await response.json()) as { error?: unknown };
    return { status: response.status, error };
  }

  it.each(WIRES)("is refused before it is read, copied or sent: %s", async (path, asked) => {
    const before = house.bedrock.requests.length;
    const { status, error } = await post(path, { ...asked, ...members(MANY) });
    expect([status, error]).toEqual([
      400,
      expect.objectContaining({
        message: expect.stringMatching(
          /^Invalid JSON body: too many properties. Expected at most 500000, but got 50000\d /,
        ),
      }),
    ]);
    expect(house.bedrock.requests.length).toBe(before);
  });

  it("is refused where it stands, and named", async () => {
    const part = { ...text, cache_control: { type: "ephemeral", ...members(MANY - 1) } };
    const { status, error } = await post("/v1/chat/completions", {
      ...asks,
      messages: [user, { role: "user", content: [text, part] }],
    });
    expect([status, error]).toEqual([
      400,
      {
        message:
          "Invalid 'messages[1].content[1].cache_control': too many properties. Expected at most 500000, but got 500001 instead.",
        type: "invalid_request_error",
        param: "messages[1].content[1].cache_control",
        code: "object_above_max_properties",
      },
    ]);
  });
});

describe("three hundred thousand parameters that are for no model", () => {
  const strangers = Object.fromEntries(times(300_000, (index) => [`aws_${index}`, "v"]));

  it.each(["openai.gpt-oss-120b-1:0", CLAUDE, LLAMA])(
    "costs no more than each of them once: %s",
    async (model) => {
      const { status, notes } = await explain({ ...asks, model, ...strangers });
      expect(status).toBe(200);
      expect(notes).toContain("aws_0");
      expect(notes.length).toBeLessThan(8_000);
    },
  );
});

describe("a name of megabytes", () => {
  const LONG = "é".repeat(3_000_000);
  const schema = { type: "object", properties: { a: { type: "string" } } };

  it.each<[string, () => object]>([
    ["of a tool", () => ({ tools: [{ type: "function", function: { name: LONG } }] })],
    ["of a custom tool", () => ({ tools: [{ type: "custom", custom: { name: LONG } }] })],
    [
      "of a call and its id",
      () => ({
        tools: [tool({ type: "object" })],
        messages: [user, { role: "assistant", tool_calls: [call(LONG, LONG)] }, result(LONG)],
      }),
    ],
    [
      "of a format",
      () => ({ model: NOVA, response_format: { type: "json_schema", json_schema: { name: LONG, schema } } }),
    ],
    ["of a parameter", () => ({ [LONG]: 1 })],
  ])("%s is cut", async (_, members) => {
    const { status, request, notes } = await explain({ ...asks, ...members() });
    expect(status).toBe(200);
    expect(JSON.stringify(request!.body).length).toBeLessThan(10_000);
    expect(notes.length).toBeLessThan(8_000);
  });

  it("of a file is looked at from its end", async () => {
    const file = {
      filename: `${".a?".repeat(1_000_000)}\nx`,
      file_data: "data:application/octet-stream;base64,AAAA",
    };
    const { status, error } = await explain({
      ...asks,
      messages: [{ role: "user", content: [text, { type: "file", file }] }],
    });
    expect([status, error!.code]).toEqual([400, "unsupported_file"]);
    expect(error!.message.length).toBeLessThan(1_000);
  });
});

describe("a body that says something else of its size than it has", () => {
  const json = JSON.stringify(asks);

  it.each([
    ["-5", 200],
    ["-1e9", 200],
    ["0", 200],
    ["many", 200],
    ["999999999999999999999", 413],
    ["1e400", 413],
  ])("content-length: %s is answered with %i", async (length, expected) => {
    const bytes = new TextEncoder().encode(json);
    const body = ReadableStream.from([bytes.slice(0, 10), bytes.slice(10)]);
    const response = await house.handler(
      new Request("http://x/v1/chat/completions", {
        method: "POST",
        headers: { "content-type": "application/json", "content-length": length },
        body,
        duplex: "half",
      }),
    );
    expect(response.status).toBe(expected);
  });

  it.each<[string, number]>([
    ["a request", 0],
    ["twice the bound", 64 * 1024 * 1024],
  ])("compressed, it is not unpacked: %s", async (_, blanks) => {
    const door = await DOORS["node:http"]!(house.handler);
    const response = await door.fetch(`${door.baseURL}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
      body: gzipSync(`${json}${" ".repeat(blanks)}`),
    });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining("content encoding: 'gzip'") },
    });
    await door.close();
  });
});

it("after all of that nothing was logged", () => {
  expect(house.logged).toEqual([]);
});
