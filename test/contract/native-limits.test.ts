import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import { accountArn, APPLICATION_PROFILES, EMULATOR_CREDENTIALS } from "../../src/testing/index.ts";
import { type House, openHouse } from "../support/bedrock.ts";
import { PNG } from "../support/clients.ts";
import { foldChunks } from "../support/fold-chunks.ts";
import {
  asking,
  BROKEN_IMAGES,
  GPT,
  GPT_OSS,
  ONLY_MANTLE,
  SOUND_IMAGES,
  weather,
} from "../support/native.ts";
import { completionRequest } from "../support/requests.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.bedrock.close());

const { operations, sent, asked, explained } = asking(() => house);

describe("what the native side cannot do", () => {
  const url = { type: "image_url", image_url: { url: "https://example.com/a.png" } };
  it.each<[string, object]>([
    ["stop sequences", { stop: "END" }],
    ["a free JSON object", { response_format: { type: "json_object" } }],
    ["metadata for the logs", { metadata: { team: "blue" } }],
    ["a guardrail", { guardrailConfig: { guardrailIdentifier: "g", guardrailVersion: "1" } }],
    [
      "thoughts to be returned",
      {
        messages: [
          { role: "user", content: "x" },
          { role: "assistant", content: "y", thinking_blocks: [{ type: "redacted_thinking", data: "AAAA" }] },
          { role: "user", content: "z" },
        ],
      },
    ],
    [
      "a mark for the cache",
      {
        messages: [
          { role: "user", content: [{ type: "text", text: "x", cache_control: { type: "ephemeral" } }] },
        ],
      },
    ],
    ["a name that OpenAI refuses", { tools: [{ type: "function", function: { name: "a.b" } }] }],
    [
      "a result that failed",
      {
        messages: [
          { role: "user", content: "x" },
          {
            role: "assistant",
            tool_calls: [{ id: "call_1", type: "function", function: { name: "f", arguments: "{}" } }],
          },
          { role: "tool", tool_call_id: "call_1", content: "no", is_error: true },
        ],
      },
    ],
    ["more than one choice", { n: 2 }],
    ["another's parameters", { top_k: 5 }],
    ["Bedrock's own", { performanceConfig: { latency: "standard" } }],
  ])("%s goes through Converse", async (_, body) => {
    const response = await asked({ model: GPT, ...body });
    expect(await response.text()).not.toContain('"error"');
    expect(new Set(operations())).toEqual(new Set(["Converse"]));
  });

  it.each([
    [GPT, "Converse"],
    [ONLY_MANTLE, "MantleChatCompletions"],
  ])("an image behind a URL is fetched first (%s)", async (model, operation) => {
    const image = Buffer.from(PNG, "base64");
    const fetch = async () => new Response(image, { headers: { "content-type": "image/png" } });
    const messages = [{ role: "user", content: [url] }];
    const response = await asked({ model, messages }, house.withOptions({ media: { fetch } }));
    expect(response.status).toBe(200);
    expect(operations()).toEqual([operation]);
    expect(JSON.stringify(sent())).toContain(PNG);
  });

  describe.each([GPT, ONLY_MANTLE])(
    "a broken image is refused before anything is sent, and told where it is (%s)",
    (model) => {
      it.each(BROKEN_IMAGES)("%s", async (_, broken) => {
        const content = [
          { type: "text", text: "What is it?" },
          { type: "image_url", image_url: { url: broken } },
        ];
        const response = await asked({ model, logprobs: true, messages: [{ role: "user", content }] });
        const { error } = (await response.json()) as { error: { param: string } };
        expect([response.status, error.param]).toEqual([400, "messages[0].content[1].image_url.url"]);
        expect(operations()).toEqual([]);
      });
    },
  );

  it("an image goes as it came, whatever its size and its line breaks", async () => {
    for (const sound of SOUND_IMAGES) {
      const content = [{ type: "image_url", image_url: { url: sound } }];
      expect((await asked({ model: GPT, messages: [{ role: "user", content }] })).status).toBe(200);
      expect(sent()["messages"]).toEqual([{ role: "user", content }]);
    }
    expect(new Set(operations())).toEqual(new Set(["RuntimeChatCompletions"]));
  });

  it.each([ONLY_MANTLE, "anthropic.claude-mythos-5", "mantle/qwen.qwen3-32b"])(
    "a guardrail that AWS would not enforce is refused before anything is sent (%s)",
    async (model) => {
      const guardrailConfig = { guardrailIdentifier: "g", guardrailVersion: "1" };
      for (const handler of [asked, (body: object) => house.handler(completionRequest(body as never))]) {
        for (const stream of [false, true]) {
          const response = await handler({ model, guardrailConfig, stream });
          expect([response.status, await response.json()]).toMatchObject([
            400,
            { error: { param: "guardrailConfig", code: "unsupported_parameter" } },
          ]);
        }
      }
      expect(house.bedrock.requests).toEqual([]);
    },
  );

  it("an application profile is known to Converse alone", async () => {
    const { id, modelId } = APPLICATION_PROFILES.find((profile) => profile.modelId.includes("openai.gpt"))!;
    const arn = accountArn("application-inference-profile", id);
    expect((await asked({ model: `us.${modelId}`, model_id: arn })).status).toBe(200);
    expect((await asked({ model: arn })).status).toBe(200);
    expect(operations().filter((name) => !name.startsWith("Get"))).toEqual(["Converse", "Converse"]);
  });

  it("tools and thoughts of GPT-5.6 together go through Converse; on mantle it does not think, and says so", async () => {
    await (await asked({ model: "us.openai.gpt-5.6-sol", tools: [weather] })).text();
    expect(operations()).toEqual(["Converse"]);
    const silent = await asked({ model: "openai.gpt-5.6-sol", tools: [weather], reasoning_effort: "high" });
    expect(silent.status).toBe(200);
    expect(sent()).toMatchObject({ reasoning_effort: "none" });
    expect(silent.headers.get("x-bedrock-adjustments")).toContain('"clamped"');
  });

  it("several choices of a model that only mantle has are asked for one by one", async () => {
    const { choices } = (await (await asked({ model: ONLY_MANTLE, n: 2 })).json()) as { choices: unknown[] };
    expect(choices).toHaveLength(2);
    expect(operations()).toEqual(["MantleChatCompletions", "MantleChatCompletions"]);
  });

  it("legacy completions are translated, natively where there is nothing else", async () => {
    for (const [model, operation] of [
      [GPT, "Converse"],
      [GPT_OSS, "Converse"],
      [ONLY_MANTLE, "MantleChatCompletions"],
      ["google.gemma-4-31b", "MantleChatCompletions"],
    ]) {
      const response = await house.handler(completionRequest({ model }));
      const { choices } = (await response.json()) as { choices: { text: string }[] };
      expect(choices[0]!.text).not.toBe("");
      expect(operations().at(-1)).toBe(operation);
    }
  });
});

describe("who asks, and where", () => {
  const scopeOf = (): string => house.bedrock.requests.at(-1)!.headers["authorization"] ?? "";

  it("is signed for the host's own service, in the Region of the model string", async () => {
    await asked({ model: GPT });
    expect(scopeOf()).toContain("/us-east-1/bedrock/aws4_request");
    await asked({ model: `us-west-2/${ONLY_MANTLE}` });
    expect(scopeOf()).toContain("/us-west-2/bedrock-mantle/aws4_request");
  });

  it("is a bearer key on either host", async () => {
    const withKey = house.withOptions({ apiKey: "key-1", credentials: undefined } as never);
    for (const model of [GPT, ONLY_MANTLE]) {
      expect((await asked({ model }, withKey)).status).toBe(200);
      expect(scopeOf()).toBe("Bearer key-1");
    }
  });

  it("may be told of each host apart", async () => {
    const apart: BedrockOpenAIHandler = house.withOptions({
      endpoint: { mantle: house.bedrock.url, runtime: "http://127.0.0.1:9" },
    });
    expect((await asked({ model: ONLY_MANTLE }, apart)).status).toBe(200);
    expect((await asked({ model: GPT }, apart)).status).toBe(503);
  });

  it("may be led by the operator's entry", async () => {
    const led = house.withOptions({
      models: {
        native: { model: "qwen.qwen3-32b", surface: "openai" },
        plain: { model: GPT, surface: "converse" },
        tuned: { model: GPT, defaults: { reasoning_effort: "low" } },
      },
    });
    expect((await explained({ model: "native" }, led)).target.surface).toBe("openai");
    await asked({ model: "plain" }, led);
    await asked({ model: "tuned" }, led);
    expect(operations()).toEqual(["Converse", "RuntimeChatCompletions"]);
    expect(sent()).toMatchObject({ model: GPT, reasoning_effort: "low" });
  });
});

describe("a client of the user's own", () => {
  const clientOf = (config: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient =>
    new BedrockRuntimeClient({
      endpoint: house.bedrock.url,
      region: "us-east-1",
      credentials: EMULATOR_CREDENTIALS,
      requestHandler: new NodeHttpHandler(),
      ...config,
    });

  it("keeps its middleware, and lends its credentials to mantle", async () => {
    const client = clientOf({ region: "eu-west-1" });
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers["x-mine"] = "yes";
        return next(args);
      },
      { step: "build" },
    );
    const own = house.withOptions({ client, endpoint: { mantle: house.bedrock.url } });
    expect((await asked({ model: "openai.gpt-oss-120b-1:0" }, own)).status).toBe(200);
    expect(house.bedrock.requests[0]!.headers["x-mine"]).toBe("yes");
    expect((await asked({ model: ONLY_MANTLE }, own)).status).toBe(200);
    expect(scope()).toContain(`Credential=${EMULATOR_CREDENTIALS.accessKeyId}/`);
    expect(scope()).toContain("/eu-west-1/bedrock-mantle/aws4_request");
  });

  it.each([
    ["a whole answer", (json: string) => json],
    ["a stream", (json: string) => `data: ${json}\n\ndata: [DONE]\n\n`],
  ])("may be replaced by a double that answers InvokeModel with %s", async (kind, written) => {
    const choice = { index: 0, finish_reason: "stop" };
    const said = { role: "assistant", content: "from a mock" };
    const streams = kind === "a stream";
    const json = JSON.stringify({
      choices: [{ ...choice, ...(streams ? { delta: said } : { message: said }) }],
    });
    const client = clientOf();
    client.send = (async () => ({
      $metadata: { requestId: "double" },
      body: new TextEncoder().encode(written(json)),
    })) as never;
    const own = house.withOptions({ client });
    for (const stream of streams ? [true] : [false, true]) {
      const response = await asked({ model: GPT, stream }, own);
      const text = await response.text();
      const { choices } = stream ? foldChunks(text) : (JSON.parse(text) as ReturnType<typeof foldChunks>);
      expect(choices[0]).toMatchObject({ message: { content: "from a mock" }, finish_reason: "stop" });
      expect(response.headers.get("x-amzn-requestid")).toBe("double");
    }
    expect(house.bedrock.requests).toEqual([]);
  });

  it("without a Region says that there is none", async () => {
    const region = async (): Promise<string> => {
      throw new Error("Region is missing");
    };
    const own = house.withOptions({ client: clientOf({ region }) });
    for (const model of [GPT, ONLY_MANTLE]) {
      const response = await asked({ model }, own);
      expect([response.status, await response.json()]).toMatchObject([
        500,
        { error: { code: "aws_region_missing" } },
      ]);
    }
  });

  const scope = (): string => house.bedrock.requests.at(-1)!.headers["authorization"] ?? "";
});

describe("a proxy that serves AWS under a path", () => {
  it("is asked under it, on either host", async () => {
    const paths: string[] = [];
    const proxy = createServer((request, response) => {
      paths.push(request.url!);
      response.setHeader("content-type", "application/json");
      response.end('{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}');
    });
    await once(proxy.listen(0, "127.0.0.1"), "listening");
    const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/prefix/`;
    const behind = house.withOptions({ endpoint });
    for (const model of [GPT, "openai.gpt-oss-120b"])
      expect((await asked({ model }, behind)).status).toBe(200);
    expect(paths).toEqual(["/prefix/openai/v1/chat/completions", "/prefix/v1/chat/completions"]);
    proxy.close();
    proxy.closeAllConnections();
  });
});
