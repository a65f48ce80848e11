import { describe, expect, it } from "vitest";
import { FAMILIES } from "../../../../src/testing/invoke/families.ts";
import type { Body } from "../support.ts";
import {
  anthropic,
  chat,
  chatMl,
  deepSeek,
  human,
  imported,
  llama2,
  llama3,
  llama4,
  mistral,
  nova,
} from "./bodies.ts";
import { emulator, post } from "../support.ts";
import { answerOf, at, chunksOf, invoke, refusal, verdictOf } from "./call.ts";

interface Row {
  family: string;
  model: string;
  body: Body;
  /** Where the text of the whole answer stands, and where that of a chunk. */
  text: string;
  piece: string;
  /** What is refused, and with which message. */
  bad: [body: Body, message: string];
  counted?: false;
}

const extraneous = (key: string) => refusal(`#: extraneous key [${key}] is not permitted`);
const without = (body: Body, key: string): Body => {
  const { [key]: _, ...rest } = body;
  return rest;
};

const claude = anthropic("hello");
const ROWS: Row[] = [
  {
    family: "Anthropic Messages",
    model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    body: claude,
    text: "content.0.text",
    piece: "delta.text",
    bad: [without(claude, "max_tokens"), refusal("#: required key [max_tokens] not found")],
  },
  {
    family: "Anthropic text completions",
    model: "anthropic.claude-v2:1",
    body: { prompt: human("hello"), max_tokens_to_sample: 500 },
    text: "completion",
    piece: "completion",
    bad: [
      { prompt: "hello", max_tokens_to_sample: 5 },
      String.raw`400 Invalid prompt: prompt must start with "\n\nHuman:" turn after an optional system prompt, prompt must end with "\n\nAssistant:" turn`,
    ],
  },
  {
    family: "Amazon Nova",
    model: "amazon.nova-pro-v1:0",
    body: nova("hello"),
    text: "output.message.content.0.text",
    piece: "contentBlockDelta.delta.text",
    bad: [
      nova("hello", { inferenceConfig: { max_tokens: 5 } }),
      refusal("#/inferenceConfig: extraneous key [max_tokens] is not permitted"),
    ],
  },
  {
    family: "Titan text",
    model: "amazon.titan-text-express-v1",
    body: { inputText: "User: hello\nBot:" },
    text: "results.0.outputText",
    piece: "outputText",
    bad: [
      { inputText: "hello", textGenerationConfig: { topP: 0 } },
      refusal("#/textGenerationConfig/topP: 0 is not greater than 0"),
    ],
  },
  {
    family: "Llama",
    model: "meta.llama3-8b-instruct-v1:0",
    body: { prompt: llama3("hello") },
    text: "generation",
    piece: "generation",
    bad: [{ prompt: "x", stop: ["y"] }, extraneous("stop")],
  },
  {
    family: "Llama",
    model: "us.meta.llama4-maverick-17b-instruct-v1:0",
    body: { prompt: llama4("hello") },
    text: "generation",
    piece: "generation",
    bad: [{ prompt: "x", max_gen_len: "9" }, refusal("#/max_gen_len: expected type: Integer, found: String")],
  },
  {
    family: "Llama",
    model: "meta.llama2-13b-chat-v1",
    body: { prompt: llama2("hello") },
    text: "generation",
    piece: "generation",
    bad: [{ prompt: "x", max_gen_len: 4096 }, refusal("#/max_gen_len: 4096 is not less or equal to 2048")],
  },
  {
    family: "Mistral text",
    model: "mistral.mistral-7b-instruct-v0:2",
    body: { prompt: mistral("hello") },
    text: "outputs.0.text",
    piece: "outputs.0.text",
    bad: [{ prompt: "x", temperature: 1.5 }, refusal("#/temperature: 1.5 is not less or equal to 1")],
  },
  {
    family: "Mistral chat",
    model: "mistral.mistral-large-2402-v1:0",
    body: chat("hello"),
    text: "choices.0.message.content",
    piece: "choices.0.message.content",
    bad: [
      chat("hello", { tool_choice: "required" }),
      refusal("#/tool_choice: required is not a valid enum value"),
    ],
  },
  {
    family: "DeepSeek R1",
    model: "us.deepseek.r1-v1:0",
    body: { prompt: deepSeek("hello") },
    text: "choices.0.text",
    piece: "choices.0.text",
    bad: [
      { prompt: "x", stop: Array.from({ length: 11 }, () => "s") },
      refusal("#/stop: expected maximum item count: 10, found: 11"),
    ],
  },
  {
    family: "Cohere Command text",
    model: "cohere.command-text-v14",
    body: { prompt: "hello" },
    text: "generations.0.text",
    piece: "text",
    bad: [{ max_tokens: 5 }, refusal("#: required key [prompt] not found")],
    counted: false,
  },
  {
    family: "Cohere Command R",
    model: "cohere.command-r-v1:0",
    body: { message: "hello" },
    text: "text",
    piece: "text",
    bad: [{ message: "hello", messages: [] }, extraneous("messages")],
  },
  {
    family: "AI21 J2",
    model: "ai21.j2-mid-v1",
    body: { prompt: "hello" },
    text: "completions.0.data.text",
    piece: "",
    bad: [{ prompt: "hello", max_tokens: 5 }, extraneous("max_tokens")],
    counted: false,
  },
  {
    family: "AI21 Jamba",
    model: "ai21.jamba-1-5-large-v1:0",
    body: chat("hello"),
    text: "choices.0.message.content",
    piece: "choices.0.delta.content",
    bad: [chat("hello", { n: 17 }), refusal("#/n: 17 is not less or equal to 16")],
  },
  {
    family: "OpenAI chat",
    model: "openai.gpt-oss-120b-1:0",
    body: chat("hello"),
    text: "choices.0.message.content",
    piece: "choices.0.delta.content",
    bad: [
      chat("hello", { stream: true }),
      "400 The stream parameter in the request body does not match the operation.",
    ],
  },
  {
    family: "OpenAI chat",
    model: "qwen.qwen3-32b-v1:0",
    body: chat("hello", { model: "qwen.qwen3-32b-v1:0" }),
    text: "choices.0.message.content",
    piece: "choices.0.delta.content",
    bad: [
      chat("hello", { model: "gpt-4o" }),
      "400 The model in the request body, gpt-4o, does not match the model of the request, qwen.qwen3-32b-v1:0.",
    ],
  },
  {
    family: "TwelveLabs Pegasus",
    model: "us.twelvelabs.pegasus-1-2-v1:0",
    body: { inputPrompt: "hello", mediaSource: { base64String: "aGk=" } },
    text: "message",
    piece: "message",
    bad: [{ inputPrompt: "hello" }, refusal("#: required key [mediaSource] not found")],
  },
  {
    family: "BedrockCompletion",
    model: imported("abcdefghij12"),
    body: { prompt: chatMl("hello"), max_gen_len: 100 },
    text: "generation",
    piece: "generation",
    bad: [{ inputText: "hello" }, refusal("#: required key [prompt] not found")],
  },
  {
    family: "OpenAICompletion",
    model: imported("abcdefghij12"),
    body: { prompt: llama3("hello"), max_tokens: 100 },
    text: "choices.0.text",
    piece: "choices.0.text",
    bad: [{ prompt: "hello", max_tokens: 0 }, refusal("#/max_tokens: 0 is not greater or equal to 1")],
  },
  {
    family: "OpenAIChatCompletion",
    model: imported("abcdefghij12"),
    body: chat("hello"),
    text: "choices.0.message.content",
    piece: "choices.0.delta.content",
    bad: [chat("hello", { anthropic_version: "x" }), extraneous("anthropic_version")],
  },
];

it("no family is left without a row", () => {
  const rows = new Set(ROWS.map(({ family }) => family));
  expect(FAMILIES.map(({ name }) => name).filter((name) => !rows.has(name))).toEqual([]);
});

describe.each(ROWS)("$family ($model)", ({ model, body, text, piece, bad, counted }) => {
  it("answers what the user said", async () => {
    const said = at(await answerOf(model, body), text);
    expect(said).toMatch(/You said: hello\n/);
    expect(said).toContain(`answering for ${model};`);
  });

  it("refuses what AWS refuses, in AWS's words", async () => {
    expect(await verdictOf(model, bad[0])).toBe(bad[1]);
  });

  it("counts tokens in the headers, unless its family does not", async () => {
    const { headers } = await invoke(model, body);
    const counts = ["input", "output"].map((side) => headers.get(`x-amzn-bedrock-${side}-token-count`));
    expect(counts.every((count) => (counted === false ? count === null : Number(count) > 0))).toBe(true);
    expect(headers.get("x-amzn-bedrock-invocation-latency")).toBe("1");
  });

  // J2 does not stream, which is told below.
  if (piece === "") return;
  it("streams the same text, and its metrics last", async () => {
    const { json, headers } = await invoke(model, body);
    const chunks = await chunksOf(model, body);
    expect(chunks.map((chunk) => at(chunk, piece) ?? "").join("")).toBe(at(json(), text));
    const metrics = chunks.map((chunk) => chunk["amazon-bedrock-invocationMetrics"]);
    expect(metrics.slice(0, -1).every((metric) => metric === undefined)).toBe(true);
    expect(metrics.at(-1)).toMatchObject({ invocationLatency: 1, firstByteLatency: 1 });
    if (counted === false) return;
    expect(metrics.at(-1)).toMatchObject({
      inputTokenCount: Number(headers.get("x-amzn-bedrock-input-token-count")),
      outputTokenCount: Number(headers.get("x-amzn-bedrock-output-token-count")),
    });
  });
});

it("J2 does not stream, and says so before anything else happens", async () => {
  await expect(chunksOf("ai21.j2-mid-v1", { prompt: "hello" })).rejects.toThrow(
    "The model is unsupported for streaming.",
  );
});

describe("models that InvokeModel does not serve", () => {
  it.each([
    "us.openai.gpt-6-sol",
    "us.openai.gpt-5.6-sol",
    "us.meta.llama3-1-405b-instruct-v1:0",
    "google.gemma-4-31b",
    "writer.palmyra-vision-7b",
    "acme.model-v1",
  ])("%s", async (model) => {
    expect(await verdictOf(model, chat("hello"))).toBe("400 The provided model identifier is invalid.");
  });

  it("a model that needs a profile needs it here too", async () => {
    expect(await verdictOf("anthropic.claude-opus-4-8", claude)).toMatch(
      /^400 Invocation of model ID anthropic.claude-opus-4-8 with on-demand throughput isn’t supported/,
    );
  });

  it("an ARN that the account does not own takes every family's body", async () => {
    const hidden = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/strange00001";
    expect(at(await answerOf(hidden, claude), "content.0.text")).toContain("You said: hello");
    expect(at(await answerOf(hidden, { prompt: llama3("hello") }), "generation")).toContain(
      "You said: hello",
    );
    expect(await verdictOf(hidden, { unheard: 1 })).toBe(
      "400 Malformed input request, please reformat your input and try again.",
    );
  });

  it("an ARN that the account owns takes its model's body alone", async () => {
    const owned = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456";
    expect(at(await answerOf(owned, claude), "content.0.text")).toContain("You said: hello");
    expect(await verdictOf(owned, { prompt: llama3("hello") })).toContain("400");
  });

  it("an ARN of a model for embeddings does not converse", async () => {
    const owned = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/titan0000001";
    const body = { messages: [{ role: "user", content: [{ text: "hello" }] }] };
    const { status } = await post(await emulator(), body, { model: owned, operation: "converse" });
    expect(status).toBe(400);
  });
});
