import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PNG } from "../../support/clients.ts";
import { chunksOf } from "../../support/sse.ts";
import { cleanUp, fileOf, served } from "../command/run.ts";
import { PYTHON_HEADERS } from "../../support/python-headers.ts";

/**
 * The curl examples of both requirement documents, by curl itself, against the command as a process: LiteLLM's page on
 * Bedrock and the access gateway's usage guide. Then what OpenAI's Python client puts on the wire.
 */

const CONFIG = `
model_list:
  - model_name: bedrock-claude-v1
    litellm_params:
      model: bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0
      aws_access_key_id: os.environ/AWS_ACCESS_KEY_ID
      aws_secret_access_key: os.environ/AWS_SECRET_ACCESS_KEY
      aws_region_name: os.environ/AWS_REGION_NAME
  - model_name: bedrock-claude
    litellm_params:
      model: bedrock/anthropic.claude-instant-v1
litellm_settings:
  modify_params: true
general_settings:
  master_key: sk-1234
models:
  gpt-*: anthropic.claude-3-sonnet-20240229-v1:0
  text-embedding-*: cohere.embed-multilingual-v3
`;

let url: string;
beforeAll(async () => {
  const environment = {
    AWS_ACCESS_KEY_ID: "AKIA0",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_REGION_NAME: "us-east-1",
  };
  const server = await served(["--emulator", "--config", await fileOf(CONFIG)], environment);
  ({ url } = server);
});
afterAll(cleanUp);

const curl = async (path: string, ...words: string[]): Promise<unknown> => {
  const { stdout } = await promisify(execFile)("curl", ["-sS", ...words, `${url}${path}`]);
  return JSON.parse(stdout);
};

const KEY = ["-H", "Authorization: Bearer sk-1234"];
const JSON_BODY = ["-H", "Content-Type: application/json"];

const saying = (content: unknown) => ({ object: "chat.completion", choices: [{ message: { content } }] });

const function_ = (name: string, properties: object) => ({
  type: "function",
  function: { name, description: name, parameters: { type: "object", properties } },
});

/** Path below the base URL, words of curl's before the body, body, and what comes back. */
const EXAMPLES: readonly (readonly [
  name: string,
  path: string,
  words: string[],
  body: object,
  back: object,
])[] = [
  [
    "LiteLLM's proxy, without /v1",
    "/chat/completions",
    ["--location"],
    { model: "bedrock-claude-v1", messages: [{ role: "user", content: "what llm are you" }] },
    saying(expect.stringContaining("what llm are you")),
  ],
  [
    "LiteLLM's modify_params: the assistant begins",
    "/chat/completions",
    ["-X", "POST"],
    { model: "bedrock-claude", messages: [{ role: "assistant", content: "Hey, how's it going?" }] },
    saying(expect.any(String)),
  ],
  [
    "LiteLLM's text to image",
    "/v1/images/generations",
    ["-L", "-X", "POST"],
    { model: "amazon.nova-canvas-v1:0", prompt: "A cute baby sea otter" },
    { data: [{ b64_json: expect.any(String) }] },
  ],
  [
    "LiteLLM's colours that guide an image",
    "/v1/images/generations",
    ["-L", "-X", "POST"],
    {
      model: "amazon.nova-canvas-v1:0",
      prompt: "A cute baby sea otter",
      taskType: "COLOR_GUIDED_GENERATION",
      colorGuidedGenerationParams: { colors: ["#FFFFFF"] },
    },
    { data: [{ b64_json: expect.any(String) }] },
  ],
  [
    "the gateway's embedding, below its prefix",
    "/api/v1/embeddings",
    [],
    {
      input: "The food was delicious and the waiter...",
      model: "text-embedding-ada-002",
      encoding_format: "float",
    },
    { object: "list", data: [{ object: "embedding", index: 0, embedding: expect.any(Array) }] },
  ],
  [
    "the gateway's image in a data URL",
    "/api/v1/chat/completions",
    [],
    {
      model: "gpt-3.5-turbo",
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "please identify and count all the objects" },
            { type: "image_url", image_url: { url: `data:image/png;base64,${PNG}` } },
          ],
        },
      ],
    },
    saying(expect.stringContaining("please identify")),
  ],
  [
    "the gateway's tools, one of them without parameters",
    "/api/v1/chat/completions",
    [],
    {
      model: "gpt-3.5-turbo",
      messages: [{ role: "user", content: 'get_current_weather in "Shanghai" today?' }],
      tools: [
        function_("get_current_weather", { location: { type: "string" } }),
        function_("get_current_location", {}),
      ],
      tool_choice: "auto",
    },
    {
      choices: [
        {
          finish_reason: "tool_calls",
          message: { tool_calls: [{ function: { name: "get_current_weather" } }] },
        },
      ],
    },
  ],
  [
    "the gateway's reasoning",
    "/api/v1/chat/completions",
    [],
    {
      model: "us.anthropic.claude-3-7-sonnet-20250219-v1:0",
      messages: [{ role: "user", content: "which one is bigger, 3.9 or 3.11?" }],
      max_completion_tokens: 4096,
      reasoning_effort: "low",
      stream: false,
    },
    { choices: [{ message: { reasoning_content: expect.stringContaining("3.11") } }] },
  ],
];

describe("curl against the command", () => {
  it.each(EXAMPLES)("%s", async (_, path, words, body, back) => {
    const answer = await curl(path, ...words, ...KEY, ...JSON_BODY, "-d", JSON.stringify(body));
    expect(answer).toMatchObject(back);
  });

  it("lists the models, the operator's own names among them", async () => {
    const { data } = (await curl("/api/v1/models", ...KEY)) as { data: { id: string }[] };
    const ids = data.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(["bedrock-claude", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"]),
    );
  });

  it("turns away a key that is none, as OpenAI does", async () => {
    expect(await curl("/v1/models", "-H", "Authorization: Bearer sk-5678")).toMatchObject({
      error: { code: "invalid_api_key" },
    });
  });
});

describe("OpenAI's Python client against the command", () => {
  const HEADERS = { ...PYTHON_HEADERS, authorization: "Bearer sk-1234" };
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${url}/v1${path}`, { method: "POST", headers: HEADERS, body: JSON.stringify(body) });
  const chat = { messages: [{ role: "user", content: "Hello!" }], model: "gpt-4o" };

  it("gets an answer, with `extra_body` merged into the request as the client does it", async () => {
    const response = await post("/chat/completions", { ...chat, temperature: 0.5, top_k: 10 });
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    expect(await response.json()).toMatchObject(saying(expect.stringContaining("Hello!")));
  });

  it("streams, and ends as its decoder waits for it", async () => {
    const body = { ...chat, stream: true, stream_options: { include_usage: true } };
    const response = await post("/chat/completions", body);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const { chunks, done } = chunksOf(await response.text());
    expect(done).toBe(true);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
  });

  it("gets embeddings as base64, which it asks for by itself", async () => {
    const body = { input: ["a", "b"], model: "text-embedding-3-small", encoding_format: "base64" };
    const { data } = (await (await post("/embeddings", body)).json()) as { data: { embedding: string }[] };
    expect(data.map(({ embedding }) => Buffer.from(embedding, "base64").length)).toEqual([4096, 4096]);
  });
});
