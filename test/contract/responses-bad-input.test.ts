import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler, BedrockOpenAIOptions } from "../../src/index.ts";
import { CLAUDE, type House, NOVA, openHouse } from "../support/bedrock.ts";
import { assertSchema } from "../support/openai-schema.ts";

/** What is wrong with a request for a response is told before anything is sent, and nothing of it is kept. */

let house: House;
/** What the store holds, so that a half-kept request would be seen. */
const kept = new Map<string, unknown>();
beforeAll(async () => {
  house = await openHouse();
});
beforeEach(() => {
  handler = house.withOptions({ store: storeOf(kept) });
});
afterEach(() => {
  house.bedrock.reset();
  kept.clear();
});
afterAll(() => house.bedrock.close());

let handler: BedrockOpenAIHandler;

const storeOf = (map: Map<string, unknown>): Exclude<BedrockOpenAIOptions["store"], undefined> => ({
  get: async (key) => map.get(key),
  set: async (key, value) => map.set(key, value),
  delete: async (key) => map.delete(key),
});

interface Refusal {
  status: number;
  error: { message: string; type: string; param: string | null; code: string | null };
}

const send = (method: string, path: string, body?: object, by = handler): Promise<Response> =>
  by(
    new Request(`http://x/v1${path}`, {
      method,
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    }),
  );

/** Refused the same way, whole and streamed. */
async function refused(body: object, path = "/responses", by = handler): Promise<Refusal> {
  const [whole, streamed] = await Promise.all(
    [{}, { stream: true }].map(async (more) => {
      const response = await send("POST", path, { ...body, ...more }, by);
      const told = (await response.json()) as { error: Refusal["error"] };
      assertSchema("ErrorResponse", told);
      return { status: response.status, error: told.error };
    }),
  );
  expect(streamed).toEqual(whole);
  return whole!;
}

async function create(body: object, by = handler): Promise<{ id: string; output: { id: string }[] }> {
  const response = await send("POST", "/responses", { model: NOVA, input: "Hi", ...body }, by);
  expect(response.status).toBe(200);
  return (await response.json()) as { id: string; output: { id: string }[] };
}

const FUNCTION = { type: "function", name: "f", parameters: { type: "object" } };
const CALL = { type: "function_call", call_id: "c1", name: "f", arguments: "{}" };
const OUTPUT = { type: "function_call_output", call_id: "c1", output: "1" };

describe("a request that is wrong is refused before AWS or the store hears of it", () => {
  it.each<[string, object, code: string | null, param: string | null]>([
    ["names no model", { input: "Hi", model: undefined }, null, null],
    ["says nothing", {}, "missing_required_parameter", "input"],
    ["says nothing, as text", { input: "" }, "missing_required_parameter", "input"],
    ["says nothing, as a list", { input: [] }, "missing_required_parameter", "input"],
    [
      "says it as a chat does",
      { messages: [{ role: "user", content: "Hi" }] },
      "unsupported_parameter",
      "messages",
    ],
    ["says a number", { input: 5 }, "invalid_type", "input"],
    ["says an object", { input: { role: "user", content: "Hi" } }, "invalid_type", "input"],
    ["says what is no item", { input: ["Hi"] }, "invalid_type", "input[0]"],
    ["says null", { input: [null] }, "invalid_type", "input[0]"],
    ["says what nobody knows", { input: [{ type: "telepathy" }] }, "invalid_value", "input[0].type"],
    ["is said by nobody", { input: [{ content: "Hi" }] }, "missing_required_parameter", "input[0].role"],
    ["is said by a stranger", { input: [{ role: "king", content: "Hi" }] }, "invalid_value", "input[0].role"],
    [
      "has a part that nobody knows",
      { input: [{ role: "user", content: [{ type: "smell" }] }] },
      "invalid_value",
      "input[0].content[0].type",
    ],
    [
      "has a text that is none",
      { input: [{ role: "user", content: [{ type: "input_text", text: 5 }] }] },
      "invalid_type",
      "input[0].content[0].text",
    ],
    [
      "has a file that lies at OpenAI",
      { input: [{ role: "user", content: [{ type: "input_file", file_id: "file-1" }] }] },
      null,
      "input[0].content[0].file_id",
    ],
    [
      "calls without a name",
      { input: [{ ...CALL, name: undefined }, OUTPUT] },
      "missing_required_parameter",
      "input[0].name",
    ],
    [
      "calls without an id",
      { input: [{ ...CALL, call_id: undefined }] },
      "missing_required_parameter",
      "input[0].call_id",
    ],
    [
      "calls with an object",
      { input: [{ ...CALL, arguments: {} }, OUTPUT] },
      "invalid_type",
      "input[0].arguments",
    ],
    ["leaves a call without its output", { input: ["a", CALL].slice(1) }, null, "input"],
    ["brings an output of no call", { input: [OUTPUT] }, null, "input"],
    ["is kept by a text", { input: "Hi", store: "yes" }, "invalid_type", "store"],
    ["is warm by a text", { input: "Hi", temperature: "1" }, "invalid_type", "temperature"],
    ["is too warm", { input: "Hi", temperature: 2.5 }, "decimal_above_max_value", "temperature"],
    [
      "wants less than nothing",
      { input: "Hi", max_output_tokens: 0 },
      "integer_below_min_value",
      "max_output_tokens",
    ],
    ["wants half a token", { input: "Hi", max_output_tokens: 1.5 }, "invalid_type", "max_output_tokens"],
    ["includes what nobody knows", { input: "Hi", include: ["everything"] }, "invalid_value", "include[0]"],
    [
      "thinks as nobody does",
      { input: "Hi", reasoning: { effort: "huge" } },
      "invalid_value",
      "reasoning.effort",
    ],
    ["thinks as a text", { input: "Hi", reasoning: "high" }, "invalid_type", "reasoning"],
    ["is cut as nobody cuts", { input: "Hi", truncation: "middle" }, "invalid_value", "truncation"],
    [
      "has metadata without end",
      { input: "Hi", metadata: manyPairs(17) },
      "object_above_max_properties",
      "metadata",
    ],
    [
      "has metadata with a long name",
      { input: "Hi", metadata: { ["k".repeat(65)]: "v" } },
      "invalid_value",
      "metadata",
    ],
    [
      "has metadata with a long value",
      { input: "Hi", metadata: { k: "v".repeat(513) } },
      "invalid_value",
      "metadata",
    ],
    ["has metadata that is no text", { input: "Hi", metadata: { a: 1 } }, "invalid_type", "metadata.a"],
    [
      "has a form without a name",
      { input: "Hi", text: { format: { type: "json_schema", schema: {} } } },
      "missing_required_parameter",
      "text.format.name",
    ],
    [
      "has a form that nobody knows",
      { input: "Hi", text: { format: { type: "xml" } } },
      "invalid_value",
      "text.format.type",
    ],
    [
      "has a tool without a kind",
      { input: "Hi", tools: [{ name: "f" }] },
      "missing_required_parameter",
      "tools[0].type",
    ],
    [
      "has a tool without a name",
      { input: "Hi", tools: [{ type: "function" }] },
      "missing_required_parameter",
      "tools[0].name",
    ],
    [
      "must call a tool that it does not have",
      { input: "Hi", tools: [FUNCTION], tool_choice: { type: "function", name: "g" } },
      null,
      "tool_choice",
    ],
    [
      "chooses as nobody does",
      { input: "Hi", tools: [FUNCTION], tool_choice: "perhaps" },
      "invalid_value",
      "tool_choice",
    ],
    [
      "is a template of OpenAI's",
      { input: "Hi", prompt: { id: "pmpt_1" } },
      "unsupported_parameter",
      "prompt",
    ],
    [
      "goes on in the background without being kept",
      { input: "Hi", background: true, store: false },
      null,
      "background",
    ],
  ])("%s", async (_, body, code, param) => {
    const { status, error } = await refused({ model: NOVA, ...body });
    expect([status, error.type]).toEqual([400, "invalid_request_error"]);
    expect({ code: error.code, param: error.param, message: error.message }).toEqual({
      code: code === null ? expect.toSatisfy(isNullOrText) : code,
      param,
      message: expect.any(String),
    });
    expect([house.bedrock.requests, [...kept.keys()]]).toEqual([[], []]);
  });
});

/** Where OpenAI gives a code or none, as it likes. */
const isNullOrText = (code: unknown): boolean => code === null || typeof code === "string";

function manyPairs(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
}

describe("a reference to what is not there", () => {
  it("to a response, in OpenAI's words", async () => {
    const { status, error } = await refused({ model: NOVA, input: "Hi", previous_response_id: "resp_x" });
    expect(status).toBe(400);
    expect(error).toEqual({
      message: "Previous response with id 'resp_x' not found.",
      type: "invalid_request_error",
      param: "previous_response_id",
      code: "previous_response_not_found",
    });
  });

  it("to an item, with what to do about it", async () => {
    for (const item of [{ type: "item_reference", id: "msg_x" }, { id: "msg_x" }]) {
      const { status, error } = await refused({ model: NOVA, input: [item] });
      expect([400, 404]).toContain(status);
      expect(error.message).toContain("Item with id 'msg_x' not found.");
      expect(error).toMatchObject({ type: "invalid_request_error", param: "input" });
    }
  });

  it("to a conversation", async () => {
    const { status, error } = await refused({ model: NOVA, input: "Hi", conversation: "conv_x" });
    expect([400, 404]).toContain(status);
    expect(error.message).toContain("Conversation with id 'conv_x' not found.");
  });

  it("to a response that was asked not to be kept", async () => {
    const { id } = await create({ store: false });
    expect([...kept.keys()]).toEqual([]);
    const { error } = await refused({ model: NOVA, input: "Hi", previous_response_id: id });
    expect(error.code).toBe("previous_response_not_found");
  });

  it("to a response whose parent was deleted since, rather than to half a conversation", async () => {
    const first = await create({});
    const second = await create({ previous_response_id: first.id });
    expect((await send("DELETE", `/responses/${first.id}`)).status).toBe(200);
    house.bedrock.reset();
    const { status, error } = await refused({ model: NOVA, input: "Hi", previous_response_id: second.id });
    expect([status, error.code]).toEqual([400, "previous_response_not_found"]);
    expect(error.message).toContain(first.id);
    expect(house.bedrock.requests).toEqual([]);
  });

  it("to what was deleted", async () => {
    const { id, output } = await create({});
    await send("DELETE", `/responses/${id}`);
    const byId = await refused({ model: NOVA, input: "Hi", previous_response_id: id });
    expect(byId.error.code).toBe("previous_response_not_found");
    const item = await refused({ model: NOVA, input: [{ type: "item_reference", id: output[0]!.id }] });
    expect(item.error.message).toContain("not found");
    expect([...kept.keys()]).toEqual([]);
  });

  it("to a response and to a conversation at once", async () => {
    const { id } = await create({});
    const body = { model: NOVA, input: "Hi", previous_response_id: id, conversation: "conv_x" };
    const { status, error } = await refused(body);
    expect([status, error.message]).toEqual([400, expect.stringContaining("Mutually exclusive")]);
  });

  it.each([
    ["of another kind", 5],
    ["that is empty", ""],
    ["without end", "resp_".padEnd(100_000, "x")],
    ["that is a path", "../../conversation/conv_1"],
    ["that is a key of the store's", "resp_1:input:resp_2"],
    ["that breaks a line", "resp_\r\nDEL *"],
    ["that is half a character", "resp_\ud800"],
    ["that every object has", "__proto__"],
  ])("%s is none", async (_, id) => {
    const { status, error } = await refused({ model: NOVA, input: "Hi", previous_response_id: id });
    expect([status, error.type]).toEqual([400, "invalid_request_error"]);
    expect(error.message.length).toBeLessThan(1_000);
    for (const method of ["GET", "DELETE"]) {
      const path = `/responses/${encodeURIComponent(Buffer.from(String(id)).toString())}`;
      const response = await send(method, path);
      expect([path.slice(0, 60), response.status]).toEqual([
        path.slice(0, 60),
        expect.toSatisfy((status) => [404, 405, 414].includes(status as number)),
      ]);
    }
  });

  it("of what hangs on itself ends at once, also where the store was tampered with", async () => {
    const { id } = await create({});
    for (const [key, value] of kept)
      kept.set(key, String(value).replace('"previous_response_id":null', `"previous_response_id":"${id}"`));
    const response = await send("POST", "/responses", { model: NOVA, input: "Hi", previous_response_id: id });
    expect([200, 400]).toContain(response.status);
  });

  it("where nothing is kept at all", async () => {
    const forgetful = house.withOptions({ store: false });
    const { error } = await refused(
      { model: NOVA, input: "Hi", previous_response_id: "resp_1" },
      "/responses",
      forgetful,
    );
    expect(error.code).toBe("previous_response_not_found");
    const item = await refused(
      { model: NOVA, input: [{ type: "item_reference", id: "msg_1" }] },
      "/responses",
      forgetful,
    );
    expect(item.error.message).toContain("not found");
    for (const [method, path] of [
      ["GET", "/responses/resp_1"],
      ["DELETE", "/responses/resp_1"],
      ["POST", "/responses/resp_1/cancel"],
      ["GET", "/responses/resp_1/input_items"],
      ["GET", "/conversations/conv_1"],
      ["GET", "/chat/completions/chatcmpl-1"],
    ] as const)
      expect([path, (await send(method, path, undefined, forgetful)).status]).toEqual([path, 404]);
  });
});

describe("reasoning that a caller brings", () => {
  const SECRET = "a secret of at least thirty-two characters";
  const THINKING = { model: CLAUDE, reasoning: { effort: "low" }, include: ["reasoning.encrypted_content"] };
  const THOUGHT = {
    content: [{ reasoningContent: { reasoningText: { text: "Hm.", signature: "c2ln" } } }, { text: "So." }],
  };

  interface Reasoning {
    type: string;
    encrypted_content: string;
  }

  async function thought(by: BedrockOpenAIHandler): Promise<Reasoning> {
    house.bedrock.enqueue(THOUGHT);
    const { output } = (await create(THINKING, by)) as unknown as { output: Reasoning[] };
    return output.find(({ type }) => type === "reasoning")!;
  }

  const withThought = (reasoning: object): object => ({
    ...THINKING,
    input: [
      { role: "user", content: "Hi" },
      reasoning,
      { role: "assistant", content: "So." },
      { role: "user", content: "And?" },
    ],
  });

  it("comes back to the model as it was", async () => {
    const by = house.withOptions({ stateSecret: SECRET });
    const reasoning = await thought(by);
    expect(JSON.stringify(reasoning)).not.toContain("c2ln");
    expect((await send("POST", "/responses", withThought(reasoning), by)).status).toBe(200);
    expect(JSON.stringify(house.bedrock.requests.at(-1)!.body)).toContain('"signature":"c2ln"');
  });

  it("is refused where it was tampered with", async () => {
    const by = house.withOptions({ stateSecret: SECRET });
    const reasoning = await thought(by);
    house.bedrock.reset();
    const { encrypted_content: sealed } = reasoning;
    const at = sealed.length - 30;
    const other = sealed[at] === "A" ? "B" : "A";
    for (const forged of [
      sealed.slice(0, at) + other + sealed.slice(at + 1),
      sealed.slice(0, -4),
      `${sealed}AAAA`,
    ]) {
      const { status, error } = await refused(
        withThought({ ...reasoning, encrypted_content: forged }),
        "/responses",
        by,
      );
      expect([status, error.code, error.param]).toEqual([
        400,
        "invalid_encrypted_content",
        "input[1].encrypted_content",
      ]);
    }
    expect(house.bedrock.requests).toEqual([]);
  });

  it.each([
    ["OpenAI's own", "gAAAAABocXlm8m0bTR0e"],
    ["that of another process", undefined],
  ])("is left out and said to be: %s", async (_, foreign) => {
    const encrypted_content = foreign ?? (await thought(house.withOptions({}))).encrypted_content;
    const by = house.withOptions({ stateSecret: SECRET });
    const reasoning = { type: "reasoning", id: "rs_1", summary: [], encrypted_content };
    const response = await send("POST", "/responses", withThought(reasoning), by);
    expect([response.status, response.headers.get("x-bedrock-adjustments")]).toEqual([
      200,
      expect.stringContaining("input[1]"),
    ]);
    expect(JSON.stringify(house.bedrock.requests.at(-1)!.body)).not.toContain(encrypted_content);
  });

  it("is foreign where another process sealed it, and opens where both know the secret", async () => {
    const [one, other] = [
      house.withOptions({ stateSecret: SECRET }),
      house.withOptions({ stateSecret: SECRET }),
    ];
    const reasoning = await thought(one);
    const response = await send("POST", "/responses", withThought(reasoning), other);
    expect(response.headers.get("x-bedrock-adjustments")).not.toContain("input[1]");
    expect(JSON.stringify(house.bedrock.requests.at(-1)!.body)).toContain('"signature":"c2ln"');
  });
});

describe("a store that is down", () => {
  const down = (what: Partial<Record<"get" | "set" | "delete", true>>) => {
    const map = new Map<string, unknown>();
    const failing = (name: "get" | "set" | "delete"): void => {
      if (what[name]) throw new Error("connect ECONNREFUSED 10.0.0.7:6379 password=hunter2");
    };
    const engine = {
      get: async (key: string) => (failing("get"), map.get(key)),
      set: async (key: string, value: string) => (failing("set"), map.set(key, value)),
      delete: async (key: string) => (failing("delete"), map.delete(key)),
    };
    return { map, by: house.withOptions({ store: engine }), what };
  };

  it("refuses what refers to it, and does not say where it is", async () => {
    const { by } = down({ get: true });
    for (const body of [
      { previous_response_id: "resp_1", input: "Hi" },
      { conversation: "conv_1", input: "Hi" },
      { input: [{ type: "item_reference", id: "msg_1" }] },
    ]) {
      const { status, error } = await refused({ model: NOVA, ...body }, "/responses", by);
      expect([status, error.type]).toEqual([503, "server_error"]);
      expect(error.message).not.toMatch(/hunter2|10\.0\.0\.7|ECONN/);
    }
    expect(house.bedrock.requests).toEqual([]);
    for (const path of ["/responses/resp_1", "/conversations/conv_1", "/chat/completions/chatcmpl-1"])
      expect([path, (await send("GET", path, undefined, by)).status]).toEqual([path, 503]);
  });

  it("acknowledges nothing that it did not keep, whole or streamed", async () => {
    const { by, map } = down({ set: true });
    const whole = await send("POST", "/responses", { model: NOVA, input: "Hi" }, by);
    expect([whole.status, await whole.json()]).toMatchObject([503, { error: { type: "server_error" } }]);
    const streamed = await send("POST", "/responses", { model: NOVA, input: "Hi", stream: true }, by);
    const text = await streamed.text();
    expect(text).not.toContain("event: response.completed");
    expect(text.match(/^event: (error|response\.failed)$/gm)).toEqual([
      "event: error",
      "event: response.failed",
    ]);
    expect(text).not.toMatch(/hunter2|10\.0\.0\.7|ECONN/);
    for (const path of ["/conversations", "/chat/completions"]) {
      const body = { model: NOVA, store: true, messages: [{ role: "user", content: "Hi" }] };
      expect([path, (await send("POST", path, body, by)).status]).toEqual([path, 503]);
    }
    const background = await send("POST", "/responses", { model: NOVA, input: "Hi", background: true }, by);
    expect(background.status).toBe(503);
    expect([...map.keys()]).toEqual([]);
  });

  it("does not concern who asks for nothing to be kept", async () => {
    const { by } = down({ get: true, set: true, delete: true });
    expect((await send("POST", "/responses", { model: NOVA, input: "Hi", store: false }, by)).status).toBe(
      200,
    );
  });

  it("does not say that it deleted what it did not", async () => {
    const { by, what } = down({});
    const { id } = await create({}, by);
    what.delete = true;
    expect((await send("DELETE", `/responses/${id}`, undefined, by)).status).toBe(503);
    delete what.delete;
    expect((await send("DELETE", `/responses/${id}`, undefined, by)).status).toBe(200);
  });
});

describe("the endpoints around a response", () => {
  it("know no id that is not there", async () => {
    for (const [method, path] of [
      ["GET", "/responses/resp_x"],
      ["GET", "/responses/resp_x?stream=true"],
      ["DELETE", "/responses/resp_x"],
      ["POST", "/responses/resp_x/cancel"],
      ["GET", "/responses/resp_x/input_items"],
    ] as const) {
      const response = await send(method, path);
      const body = (await response.json()) as { error: Refusal["error"] };
      assertSchema("ErrorResponse", body);
      expect([path, response.status, body.error.message]).toEqual([
        path,
        404,
        "Response with id 'resp_x' not found.",
      ]);
    }
  });

  it("list no page that is none", async () => {
    const { id } = await create({});
    for (const query of ["limit=0", "limit=101", "limit=x", "limit=1e9", "order=up", "after=nobody"]) {
      const response = await send("GET", `/responses/${id}/input_items?${query}`);
      expect([query, response.status]).toEqual([
        query,
        expect.toSatisfy((status) => [400, 404].includes(status as number)),
      ]);
      assertSchema("ErrorResponse", await response.json());
    }
  });

  it("cancel nothing that is not in the background", async () => {
    const { id } = await create({});
    const response = await send("POST", `/responses/${id}/cancel`);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { message: expect.stringContaining("background") } },
    ]);
  });
});
