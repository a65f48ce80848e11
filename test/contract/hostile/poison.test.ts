import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/conversation/types.ts";
import { CLAUDE, GPT, type House, LLAMA, NOVA, openHouse } from "../../support/bedrock.ts";
import { HIDDEN } from "../../support/chat-models.ts";
import { sent } from "../../support/clients.ts";
import { chatRequest } from "../../support/requests.ts";

/** What one caller sends, however odd, changes nothing for the others of the same process. */

const NOVA_2 = "us.amazon.nova-2-lite-v1:0";
const OPUS_4_6 = "us.anthropic.claude-opus-4-6-v1";
const QWEN = "qwen.qwen3-32b-v1:0";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const ask = (body: JsonObject): Promise<Response> => house.handler(chatRequest(body));

/** What AWS would be sent, and what the caller would be told of it. */
async function explained(body: JsonObject): Promise<unknown> {
  const response = await house.handler(chatRequest(body, { headers: { "x-bedrock-explain": "1" } }));
  return response.json();
}

const native = (additionalModelRequestFields: JsonObject): JsonObject => ({ additionalModelRequestFields });
const modelSays = (message: string): string => `The model returned the following errors: ${message}`;
const extraneous = (key: string, at = "#"): string =>
  `Malformed input request: ${at}: extraneous key [${key}] is not permitted, please reformat your input and try again.`;
const extra = (path: string): string => modelSays(`${path}: Extra inputs are not permitted`);

const schema = {
  type: "object",
  properties: { a: { type: "string" } },
  required: ["a"],
  additionalProperties: false,
};
const tool = (more: JsonObject = {}, parameters: JsonObject = schema): JsonObject => ({
  type: "function",
  function: { name: "f", parameters, ...more },
});
const FORMATTED = { response_format: { type: "json_schema", json_schema: { name: "x", schema } } };
const THINKS = { reasoning_effort: "low" };
const SAMPLED = { top_k: 4 };
const STRICT = { tools: [tool({ strict: true })] };
const DESCRIBED = { tools: [tool({}, { ...schema, description: "keep me" })] };
const CACHED = {
  messages: [
    { role: "user", content: [{ type: "text", text: "q", cache_control: { type: "ephemeral", ttl: "1h" } }] },
  ],
};

interface Attack {
  model: string;
  attack: JsonObject;
  /** AWS's refusal, where the emulator has not the words for it itself. */
  refusal?: string;
  victim: JsonObject;
}

const named = ({ model, attack, refusal = "" }: Attack): string =>
  `${JSON.stringify(attack).slice(0, 120)} on ${model} ${refusal}`;

const attacks = (list: Attack[]): [string, Attack][] => list.map((each) => [named(each), each]);

/** What a victim's request becomes before and after an attack, which is answered with the status. */
async function around({ model, attack, refusal, victim }: Attack): Promise<{
  before: unknown;
  after: unknown;
  status: number;
}> {
  const before = await explained({ model, ...victim });
  if (refusal) house.bedrock.enqueue({ error: { name: "ValidationException", message: refusal } });
  const { status } = await ask({ model, ...attack });
  house.bedrock.reset();
  const after = await explained({ model, ...victim });
  expect((await ask({ model, ...victim })).status).toBe(200);
  return { before, after, status };
}

describe("a key with dots is one key, not a way into what others send", () => {
  it.each(
    attacks([
      { model: CLAUDE, attack: { "thinking.budget_tokens": 1 }, victim: THINKS },
      { model: CLAUDE, attack: { "output_config.format": 1 }, victim: FORMATTED },
      { model: NOVA, attack: { "inferenceConfig.topK": 1 }, victim: SAMPLED },
      { model: NOVA_2, attack: { "reasoningConfig.type": 1 }, victim: THINKS },
      { model: CLAUDE, attack: native({ "thinking.budget_tokens": 1 }), victim: THINKS },
      { model: CLAUDE, attack: native({ "output_config.format": 1 }), victim: FORMATTED },
      { model: NOVA, attack: native({ "inferenceConfig.topK": 1 }), victim: SAMPLED },
      { model: NOVA_2, attack: native({ "reasoningConfig.type": 1 }), victim: THINKS },
      {
        model: GPT,
        attack: native({ "reasoning.effort": 1 }),
        refusal: "Unknown parameter: 'reasoning.effort'.",
        victim: THINKS,
      },
    ]),
  )("and the attacker is answered without it: %s", async (_, attack) => {
    const { before, after, status } = await around(attack);
    expect(status).toBe(200);
    expect(after).toEqual(before);
  });
});

describe("a member that one caller wrote into the model's own body", () => {
  it.each(
    attacks([
      {
        model: CLAUDE,
        attack: native({ output_config: { format: { type: "json_schema", schema: {}, bogus: 1 } } }),
        refusal: extra("output_config.format.bogus"),
        victim: FORMATTED,
      },
      {
        model: CLAUDE,
        attack: native({ output_config: { format: "json" } }),
        refusal: extra("output_config.format"),
        victim: FORMATTED,
      },
      {
        model: CLAUDE,
        attack: native({ tools: [{ name: "x", input_schema: {}, strict: "q" }] }),
        refusal: extra("tools.0.custom.strict"),
        victim: STRICT,
      },
      {
        model: CLAUDE,
        attack: native({ tools: [{ name: "x", cache_control: { type: "ephemeral", ttl: "9h" } }] }),
        refusal: extra("tools.0.cache_control.ephemeral.ttl"),
        victim: CACHED,
      },
      {
        model: CLAUDE,
        attack: native({ container: { cache_control: { ttl: "9h" } } }),
        refusal: extra("container.cache_control.foo.ttl"),
        victim: CACHED,
      },
      {
        model: CLAUDE,
        attack: native({ thinking: { type: "disabled", budget_tokens: 5 } }),
        refusal: extra("thinking.disabled.budget_tokens"),
        victim: THINKS,
      },
      {
        model: OPUS_4_6,
        attack: native({ thinking: { type: "adaptive", budget_tokens: 5 } }),
        refusal: extra("thinking.adaptive.budget_tokens"),
        victim: { thinking: { type: "enabled", budget_tokens: 2000 }, max_tokens: 4000 },
      },
      {
        model: CLAUDE,
        attack: native({ thinking: { type: "enabled", budget_tokens: 2000, bogus: 1 } }),
        refusal: extra("thinking.enabled.bogus"),
        victim: THINKS,
      },
      {
        model: NOVA_2,
        attack: native({ reasoningConfig: { type: "enabled", maxReasoningEffort: "low", foo: 1 } }),
        victim: THINKS,
      },
      {
        model: CLAUDE,
        attack: { tools: [tool({}, { ...schema, weird: 1 })] },
        refusal: extraneous("weird", "#/toolConfig/tools/0/toolSpec/inputSchema/json"),
        victim: DESCRIBED,
      },
    ]),
  )("teaches nothing about others: %s", async (_, attack) => {
    const { before, after } = await around(attack);
    expect(after).toEqual(before);
  });

  it.each(["enabled", "adaptive", "disabled", "between_tools"])(
    "may be a kind of thinking that the model does not know: %s",
    async (type) => {
      const attack = native({ thinking: { type, budget_tokens: 2000 } });
      const refusal = modelSays(`${type} thinking is not supported on this model`);
      const { before, after } = await around({ model: CLAUDE, attack, refusal, victim: THINKS });
      expect(after).toEqual(before);
    },
  );

  it("of a hundred names forgets nobody's lesson", async () => {
    const lesson = native({ foo: 1 });
    expect((await ask({ model: CLAUDE, ...lesson })).status).toBe(200);
    for (let index = 0; index < 25; index += 1) {
      const junk = Object.fromEntries([0, 1, 2, 3].map((each) => [`junk_${index}_${each}`, 1]));
      await ask({ model: CLAUDE, ...junk });
      await ask({ model: LLAMA, ...junk });
    }
    house.bedrock.reset();
    for (const model of [CLAUDE, LLAMA])
      expect(
        (await ask({ model, min_p: 0.1, repetition_penalty: 1, top_a: 0, tfs: 1, typical_p: 1, mirostat: 1 }))
          .status,
      ).toBe(200);
    expect((await ask({ model: CLAUDE, ...lesson })).status).toBe(200);
    expect(sent(house)).not.toHaveProperty("additionalModelRequestFields");
  });
});

describe("keys of the prototype", () => {
  const EVIL = '{"polluted":1,"stream":true,"model":"x"}';
  const user = '{"role":"user","content":"q"}';
  const called = (args: string): string =>
    `${user},{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":${JSON.stringify(args)}}}]},{"role":"tool","tool_call_id":"c","content":"x"}`;
  const offered = (parameters: string, name = "f"): string =>
    `"tools":[{"type":"function","function":{"name":"${name}","parameters":${parameters}}}]`;

  const send = (members: string, messages = user): Promise<Response> =>
    house.handler(
      new Request("http://x/v1/chat/completions", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: `{"model":"${CLAUDE}","messages":[${messages}],${members}}`,
      }),
    );

  describe.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])("%s", (key) => {
    it.each<[string, string, string?]>([
      ["at the top", `"${key}":${EVIL}`],
      ["among metadata", `"metadata":{"${key}":"x"}`],
      ["in extra_body", `"extra_body":{"${key}":${EVIL},"extra_body":{"${key}":${EVIL}}}`],
      ["in additionalModelRequestFields", `"additionalModelRequestFields":{"${key}":${EVIL}}`],
      ["as a tool's name", offered("{}", key)],
      ["in a tool's schema", offered(`{"type":"object","properties":{"${key}":{"type":"string"}}}`)],
      [
        "at the root of a tool's schema of alternatives",
        offered(
          `{"anyOf":[{"type":"object","properties":{"${key}":{"type":"string"},"a":{"type":"string"}}}]}`,
        ),
      ],
      ["in a reference", offered(`{"type":"object","properties":{"a":{"$ref":"#/${key}/${key}"}}}`)],
      ["in a tool call's arguments", offered("{}"), called(`{"${key}":${EVIL},"":{"${key}":1}}`)],
      ["as a message's member", '"n":1', `{"role":"user","content":"q","${key}":${EVIL}}`],
    ])("%s are data or nothing", async (_, members, messages) => {
      const before = await explained({ model: CLAUDE });
      const response = await send(members, messages);
      expect([response.status, await response.text()]).toEqual([
        200,
        expect.stringContaining("chat.completion"),
      ]);
      expect(({} as JsonObject)["polluted"]).toBeUndefined();
      expect(await explained({ model: CLAUDE })).toEqual(before);
    });
  });

  it("are the model's own affair in a schema and in arguments: they reach it unchanged", async () => {
    const schemaWith = '{"anyOf":[{"type":"object","properties":{"__proto__":{"type":"string"}}}]}';
    expect((await send(offered(schemaWith), called('{"__proto__":{"a":1}}'))).status).toBe(200);
    const { toolConfig, messages } = sent(house);
    const properties = toolConfig!.tools[0]!.toolSpec!.inputSchema.json["properties"] as JsonObject;
    expect(Object.keys(properties)).toEqual(["__proto__"]);
    expect(JSON.stringify(messages[1])).toContain('"input":{"__proto__":{"a":1}}');
  });
});

describe("a secret that a client misplaced", () => {
  const SECRET = "sk-do-not-tell";
  const SECRETS: JsonObject = {
    apiKey: SECRET,
    api_key: SECRET,
    accessKeyId: SECRET,
    secretAccessKey: SECRET,
    sessionToken: SECRET,
    aws_access_key_id: SECRET,
    aws_secret_access_key: SECRET,
    aws_session_token: SECRET,
    authorization: SECRET,
    Authorization: `Bearer ${SECRET}`,
    password: SECRET,
    client_secret: SECRET,
    extra_headers: { authorization: SECRET },
  };

  const shown = async (body: JsonObject): Promise<string> => {
    const response = await ask(body);
    const header = response.headers.get("x-bedrock-adjustments") ?? "";
    const rest = [house.bedrock.requests, house.logged, await explained(body)];
    return header + (await response.text()) + JSON.stringify(rest);
  };

  it.each([CLAUDE, NOVA, GPT, LLAMA, QWEN, HIDDEN, "acme.unknown-v1:0"])(
    "is neither sent to %s, nor logged, nor told",
    async (model) => {
      const nested = { extra_body: { ...SECRETS, extra_body: SECRETS } };
      for (const body of [SECRETS, { extra_body: SECRETS }, nested, { ...SECRETS, stream: true }])
        expect(await shown({ model, ...body })).not.toContain(SECRET);
      expect(house.bedrock.requests.length).toBeGreaterThan(3);
    },
  );

  it("is not in what a failure logs", async () => {
    house.bedrock.enqueue({ error: { name: "InternalServerException", message: "oops" } });
    expect(await shown({ model: CLAUDE, ...SECRETS })).not.toContain(SECRET);
    expect(house.logged).not.toEqual([]);
  });
});

describe("what a model thought for one caller", () => {
  const history = [
    { role: "user", content: "q" },
    {
      role: "assistant",
      tool_calls: [{ id: "tooluse_a", type: "function", function: { name: "f", arguments: "{}" } }],
    },
    { role: "tool", tool_call_id: "tooluse_a", content: "x" },
  ];

  it("comes back to the model that thought it, and to no other", async () => {
    const request = { tools: [tool()], reasoning_effort: "low" };
    house.bedrock.enqueue({
      content: [
        { reasoningContent: { reasoningText: { text: "a thought", signature: "c2ln" } } },
        { toolUse: { toolUseId: "tooluse_a", name: "f", input: {} } },
      ],
    });
    expect((await ask({ model: CLAUDE, ...request })).status).toBe(200);
    const seenBy = async (model: string): Promise<boolean> =>
      JSON.stringify(await explained({ model, ...request, messages: history })).includes("a thought");
    expect(await seenBy(CLAUDE)).toBe(true);
    for (const model of ["us.anthropic.claude-haiku-4-5-20251001-v1:0", OPUS_4_6, NOVA_2, GPT])
      expect(await seenBy(model)).toBe(false);
  });
});
