import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type, type Shown } from "../../support/terminal.ts";

const NOVA = "us.amazon.nova-pro-v1:0";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "explain-"));
});
afterAll(async () => rm(folder, { recursive: true }));
beforeEach(() => {
  for (const name of [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_BEARER_TOKEN_BEDROCK",
    "AWS_PROFILE",
  ])
    vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "none"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "none"));
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("AWS_REGION", "us-east-1");
});
afterEach(() => vi.unstubAllEnvs());

const explain = (body: unknown, ...words: string[]): Promise<Shown> =>
  type(["explain", "-", ...words], { stdin: typeof body === "string" ? body : JSON.stringify(body) });

const chat = (more: object = {}) => ({ model: NOVA, messages: [{ role: "user", content: "Hi" }], ...more });

describe("a request that can be sent", () => {
  it("is shown as AWS would get it, with what is changed, without credentials", async () => {
    const { exitCode, out, err } = await explain(chat({ temperature: 1.5, stream: true }));
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    expect(out).toContain(`Model    ${NOVA}\n`);
    expect(out).toContain("AWS API  Converse (bedrock-runtime)\n");
    expect(out).toContain("Request  POST /model/us.amazon.nova-pro-v1%3A0/converse-stream\n");
    expect(out).toContain('"temperature": 1\n');
    expect(out).toMatch(/temperature +clamped +Bedrock accepts temperatures from 0 to 1\./);
  });

  it("says so where nothing is changed", async () => {
    const { out } = await explain(chat());
    expect(out).toContain("Nothing was changed on your behalf.");
  });

  it("comes from a file as well, and may be asked of another model", async () => {
    const file = join(folder, "request.json");
    await writeFile(file, JSON.stringify(chat({ model: "gpt-4o" })));
    const { exitCode, out, err } = await type(["explain", file, "--model", "us.amazon.nova-lite-v1:0"]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    expect(out).toContain("/model/us.amazon.nova-lite-v1%3A0/converse");
  });

  it("has the base64 of its files shortened for people, and in full for programs", async () => {
    const png = Buffer.from(`\u0089PNG\r\n\u001A\n${"x".repeat(3000)}`, "latin1").toString("base64");
    const part = { type: "image_url", image_url: { url: `data:image/png;base64,${png}` } };
    const body = chat({ messages: [{ role: "user", content: [part] }] });
    const shown = await explain(body);
    expect(shown.out).not.toContain(png);
    expect(shown.out).toMatch(/"bytes": "iVBOR[^"]*… \(base64, 2\.9 KiB\)"/);
    const whole = await explain(body, "--json");
    expect(whole.out).toContain(png);
    expect(JSON.parse(whole.out)).toMatchObject({ target: { model: NOVA, surface: "converse" } });
  });

  it("that becomes several calls is shown call by call", async () => {
    const { out } = await explain({ model: "amazon.titan-embed-text-v2:0", input: ["one", "two"] });
    expect(out).toContain("Call 1 of 2");
    expect(out).toContain("Call 2 of 2");
    expect(out).toContain('"inputText": "two"');
  });

  it("of what is not in OpenAI's protocol names the native host", async () => {
    const { out } = await explain(chat({ model: "openai.gpt-oss-120b-1:0" }));
    expect(out).toContain("the model's own protocol (bedrock-runtime)");
    expect(out).toContain("POST /openai/v1/chat/completions");
  });

  it.each([
    ["completions", { model: NOVA, prompt: "Hi" }, "/converse"],
    ["responses", { model: NOVA, input: "Hi", instructions: "Be brief." }, '"Be brief."'],
    [
      "Anthropic's messages",
      { model: NOVA, max_tokens: 9, system: "Be brief.", messages: [{ role: "user", content: "Hi" }] },
      '"Be brief."',
    ],
    ["images", { model: "amazon.nova-canvas-v1:0", prompt: "a cat" }, '"taskType": "TEXT_IMAGE"'],
    ["embeddings", { model: "cohere.embed-v4:0", input: "Hi" }, "/model/cohere.embed-v4%3A0/invoke"],
    ["rerank", { model: "cohere.rerank-v3-5:0", query: "a", documents: ["b"] }, "bedrock-agent-runtime"],
    ["moderations", { input: "Hi" }, "POST /guardrail-checks/invoke"],
  ])("is known as one for %s by its body", async (_, body, shown) => {
    const { exitCode, out } = await explain(body);
    expect(exitCode).toBe(0);
    expect(out).toContain(shown);
  });

  it.each(["/v1/embeddings", "embeddings", "https://api.openai.com/v1/embeddings"])(
    "is for the path %s where that is told",
    async (path) => {
      const { exitCode, out } = await explain(
        { model: "amazon.titan-embed-text-v2:0", input: "Hi" },
        "--path",
        path,
      );
      expect(exitCode).toBe(0);
      expect(out).toContain("inputText");
    },
  );
});

describe("a request that cannot be sent", () => {
  it("is refused in OpenAI's words, with the parameter", async () => {
    const { exitCode, out, err } = await explain(chat({ messages: [{ role: "usr", content: "Hi" }] }));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(err).toContain("Invalid value: 'usr'.");
    expect(err).toContain("(HTTP 400, param: messages[0].role, code: invalid_value)");
  });

  it("is refused as JSON where that is wanted", async () => {
    const { exitCode, out } = await explain(chat({ messages: "Hi" }), "--json");
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { param: "messages" } });
  });

  it("is refused where it stands on a response: none are kept here", async () => {
    const { exitCode, err } = await explain({ model: NOVA, previous_response_id: "resp_1" });
    expect(exitCode).toBe(1);
    expect(err).toContain("(HTTP 400, param: previous_response_id, code: previous_response_not_found)");
  });

  it("is refused in Anthropic's words where it is Anthropic's", async () => {
    const { exitCode, err } = await explain({ model: NOVA, system: "Be brief.", messages: [] });
    expect(exitCode).toBe(1);
    expect(err).toContain("messages: List should have at least 1 item after validation");
  });

  it("is not passed off as good where its model is none", async () => {
    const { err, exitCode } = await explain(chat({ model: "gpt-4o" }));
    expect(err).toMatch(/^error: The model 'gpt-4o' does not exist/);
    expect(exitCode).toBe(1);
  });

  it.each([
    ['{"model', "standard input is no JSON"],
    ["[]", "standard input is no request"],
    ["", "standard input is no JSON"],
  ])("is told from %j", async (text, told) => {
    const { exitCode, err } = await explain(text);
    expect(exitCode).toBe(1);
    expect(err).toContain(told);
  });

  it("cannot be read where there is no file", async () => {
    const { exitCode, err } = await type(["explain", join(folder, "nothing.json")]);
    expect(exitCode).toBe(1);
    expect(err).toContain("there is no such file");
  });

  it("needs a Region where AWS wants one in the body, and reads how to give it", async () => {
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"]) vi.stubEnv(name, undefined);
    const body = { model: "cohere.rerank-v3-5:0", query: "a", documents: ["b"] };
    const { exitCode, err } = await explain(body);
    expect(exitCode).toBe(1);
    expect(err).toContain("--region us-east-1");
  });
});
