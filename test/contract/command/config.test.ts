import { afterEach, describe, expect, it } from "vitest";
import { PYTHON_HEADERS } from "../../support/python-headers.ts";
import { cleanUp, fileOf, run, served } from "./run.ts";

afterEach(cleanUp);

const post = async (url: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { ...PYTHON_HEADERS, ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const LITELLM = `
model_list:
  - model_name: bedrock-claude-v1
    litellm_params:
      model: bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0
      aws_access_key_id: os.environ/AWS_ACCESS_KEY_ID
      aws_secret_access_key: os.environ/AWS_SECRET_ACCESS_KEY
      aws_region_name: os.environ/AWS_REGION_NAME
  - model_name: bedrock-claude
    litellm_params:
      model: "bedrock/anthropic.claude-3-sonnet-20240229-v1:0"
      user_continue_message: {"role": "user", "content": "Please continue"}
  - model_name: rerank
    litellm_params:
      model: bedrock/arn:aws:bedrock:us-west-2::foundation-model/amazon.rerank-v1:0

litellm_settings:
  modify_params: true

general_settings:
  master_key: os.environ/MASTER_KEY
`;

const AWS = {
  AWS_ACCESS_KEY_ID: "AKIAMINE000000000000",
  AWS_SECRET_ACCESS_KEY: "my/secret/of/aws",
  AWS_REGION_NAME: "us-west-2",
};

describe("a LiteLLM proxy's config.yaml and its callers", () => {
  it("work unchanged, and no key is printed", async () => {
    const file = await fileOf(LITELLM);
    const server = await served(["--emulator", "--config", file], { ...AWS, MASTER_KEY: "sk-1234" });
    const authorization = { authorization: "Bearer sk-1234" };

    const first = await post(
      `${server.url}/chat/completions`,
      { model: "bedrock-claude-v1", messages: [{ role: "user", content: "what llm are you" }] },
      authorization,
    );
    expect(first).toMatchObject({
      status: 200,
      body: { object: "chat.completion", model: "anthropic.claude-3-5-sonnet-20240620-v1:0" },
    });
    const continued = await post(
      `${server.url}/chat/completions`,
      { model: "bedrock-claude", messages: [{ role: "assistant", content: "Hey, how's it going?" }] },
      authorization,
    );
    expect(continued.status).toBe(200);
    expect(JSON.stringify(continued.body)).toContain("Please continue");
    const ranked = await post(
      `${server.url}/rerank`,
      { model: "rerank", query: "hello", documents: ["hello", "world"], top_n: 2 },
      authorization,
    );
    expect(ranked).toMatchObject({ status: 200, body: { results: [{ index: 0 }, { index: 1 }] } });
    const stranger = await post(`${server.url}/chat/completions`, {
      model: "bedrock-claude",
      messages: [{ role: "user", content: "hi" }],
    });
    expect(stranger).toMatchObject({ status: 401, body: { error: { type: "invalid_request_error" } } });

    expect(server.stdout() + server.stderr()).not.toMatch(/sk-1234|AKIAMINE|my\/secret/);
    expect(server.stderr()).toBe(
      `warning: ${file}: callers may name every model of Bedrock's by its own id, ` +
        "not only what 'model_list' names.\n",
    );
  });

  it("does not start with half of its variables", async () => {
    const file = await fileOf(LITELLM);
    const { AWS_SECRET_ACCESS_KEY: _, ...half } = AWS;
    const { code, stdout, stderr } = await run(["serve", "--config", file], half).ended;
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr:
        `error: ${file} cannot be used:\n` +
        "  line 7: 'model_list[0].litellm_params.aws_secret_access_key' wants the variable AWS_SECRET_ACCESS_KEY, which is not set.\n" +
        "  line 21: 'general_settings.master_key' wants the variable MASTER_KEY, which is not set.\n",
    });
  });
});

describe("the access gateway's callers", () => {
  const GATEWAY = `
models:
  gpt-*: anthropic.claude-3-sonnet-20240229-v1:0
  text-embedding-*: cohere.embed-multilingual-v3
`;

  it("work unchanged at /api/v1, with its key from API_KEY", async () => {
    const file = await fileOf(GATEWAY);
    const server = await served(["--emulator", "--config", file], { API_KEY: "gateway-key" });
    const base = `${server.url}/api/v1`;
    const authorization = { authorization: "Bearer gateway-key" };

    const listed = await fetch(`${base}/models`, { headers: { ...PYTHON_HEADERS, ...authorization } });
    const { data } = (await listed.json()) as { data: { id: string; owned_by: string; object: string }[] };
    expect(data).toContainEqual(
      expect.objectContaining({ id: "us.anthropic.claude-sonnet-4-5-20250929-v1:0", object: "model" }),
    );

    const model = "text-embedding-ada-002";
    const floats = await post(
      `${base}/embeddings`,
      { input: "The food was delicious and the waiter...", model, encoding_format: "float" },
      authorization,
    );
    expect(floats).toMatchObject({
      status: 200,
      body: {
        object: "list",
        model: "cohere.embed-multilingual-v3",
        data: [{ object: "embedding", index: 0 }],
      },
    });
    // The Python client asks for base64 where nobody asks for anything; LangChain sends tokens.
    const packed = await post(
      `${base}/embeddings`,
      { input: [[9906, 1917]], model, encoding_format: "base64" },
      authorization,
    );
    const [{ embedding }] = packed.body["data"] as [{ embedding: string }];
    expect(Buffer.from(embedding, "base64")).toHaveLength(1024 * 4);

    const chat = await post(
      `${base}/chat/completions`,
      { model: "gpt-3.5-turbo", messages: [{ role: "user", content: "Hello, who are you?" }] },
      authorization,
    );
    expect(chat).toMatchObject({ status: 200, body: { model: "anthropic.claude-3-sonnet-20240229-v1:0" } });
    expect(server.stderr()).toBe("");
  });
});

describe("a configuration file", () => {
  it("may be JSON, say where to listen and to whom; flags come before it", async () => {
    const config = {
      host: "127.0.0.1",
      port: 1,
      apiKeys: ["sk-file"],
      models: { mine: "us.amazon.nova-lite-v1:0" },
    };
    const file = await fileOf(JSON.stringify(config, undefined, 2), "config.json");
    const server = await served(["--emulator", "--config", file]);
    expect(server.stdout()).toContain('"model":"mine"');
    const body = { model: "mine", messages: [{ role: "user", content: "Hello" }] };
    expect((await post(`${server.url}/v1/chat/completions`, body)).status).toBe(401);
    const letIn = await post(`${server.url}/v1/chat/completions`, body, { authorization: "Bearer sk-file" });
    expect(letIn).toMatchObject({ status: 200, body: { model: "us.amazon.nova-lite-v1:0" } });
  });

  it("with accounts and hosts of its own calls none of them when the emulator is to answer", async () => {
    const file = await fileOf(`
apiKey: bedrock-api-key
models:
  theirs:
    model: us.amazon.nova-pro-v1:0
    credentials: { accessKeyId: AKIATHEIRS0000000000, secretAccessKey: theirs }
    endpoint: http://192.0.2.1:9
  profiled: { model: us.amazon.nova-pro-v1:0, profile: nobody }
`);
    const server = await served(["--emulator", "--config", file]);
    for (const model of ["theirs", "profiled"]) {
      const body = { model, messages: [{ role: "user", content: "Hello" }] };
      expect((await post(`${server.url}/v1/chat/completions`, body)).status).toBe(200);
    }
  });

  it.each([
    [
      "config.yaml",
      "models: { a: { model: x.y, surface: converse-like } }",
      "a server of your own needs a 'url'",
    ],
    ["config.yaml", "models: { a: b, b: a }", "it leads back to itself"],
    [
      "config.yaml",
      "models: { a: { model: x.y, defaults: { temperature: hot } } }",
      "'defaults' of the model 'a'",
    ],
  ])("whose models lead nowhere stops the start: %s %s", async (name, text, message) => {
    const { code, stdout, stderr } = await run(["serve", "--config", await fileOf(text, name)]).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    ["/nonexistent/config.yaml", "cannot be read: there is no such file."],
    ["/", "cannot be read: it is a folder."],
    ["/dev/zero", "cannot be used: it is larger than 1 MiB."],
  ])("that cannot be read is named: %s", async (file, message) => {
    const { code, stderr } = await run(["serve", "--config", file]).ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: `error: ${file} ${message}\n` });
  });
});
