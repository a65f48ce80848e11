import { describe, expect, it } from "vitest";
import { RED_PNG } from "../support.ts";
import { deepSeek, llama2, llama3, llama4, mistral } from "./bodies.ts";
import { answerOf, at, verdictOf } from "./call.ts";

const LLAMA_3 = "meta.llama3-8b-instruct-v1:0";
const LLAMA_4 = "us.meta.llama4-maverick-17b-instruct-v1:0";
const LLAMA_2 = "meta.llama2-13b-chat-v1";
const MISTRAL = "mistral.mistral-7b-instruct-v0:2";
const R1 = "us.deepseek.r1-v1:0";

const BABBLE = "[The prompt does not follow the model's template: ";

async function said(model: string, prompt: string): Promise<string> {
  const answer = await answerOf(model, { prompt });
  return String(at(answer, "generation") ?? at(answer, "outputs.0.text") ?? at(answer, "choices.0.text"));
}

describe("a prompt that breaks the model's template is answered with babble that says why", () => {
  it.each([
    [LLAMA_3, "hello", "it does not begin with <|begin_of_text|>"],
    [
      LLAMA_3,
      llama3("hello").replace(/<\|start_header_id\|>assistant[^]*/, ""),
      "it does not end with the assistant's header",
    ],
    [
      LLAMA_3,
      llama3("hello").replace("<|eot_id|><|start_header_id|>assistant", "<|start_header_id|>assistant"),
      "a turn does not end with <|eot_id|>",
    ],
    [LLAMA_3, llama3("hello").replaceAll("user<", "human<"), 'nobody is called "human"'],
    [LLAMA_3, llama3("stop <|eot_id|> and go on"), "there is text after <|eot_id|>"],
    [LLAMA_3, llama3("hello").replaceAll("\n\n", "\n"), "a header has no empty line after it"],
    [LLAMA_3, `<|begin_of_text|>${llama3("hello")}`, "no <|start_header_id|> after the beginning"],
    [LLAMA_3, llama4("hello"), "no <|start_header_id|> after the beginning"],
    [LLAMA_2, llama3("hello"), "it does not begin with <s>"],
    [MISTRAL, mistral("hello").replace("<s>", ""), "it does not begin with <s>"],
    [MISTRAL, mistral("hello").replace("</s>", ""), "an answer does not end with </s>"],
    [MISTRAL, `${mistral("hello")} Hi</s>`, "it does not end with [/INST]"],
    [MISTRAL, mistral("hello [/INST] no"), "[/INST] stands there twice"],
    [
      R1,
      deepSeek("hello").replace("<｜begin▁of▁sentence｜>", ""),
      "it does not begin with <｜begin▁of▁sentence｜>",
    ],
    [R1, deepSeek("hello").replace("<｜Assistant｜>", ""), "it does not end with <｜Assistant｜>"],
  ])("%s: %j", async (model, prompt, why) => {
    expect(await said(model, prompt)).toContain(`${BABBLE}${why}]`);
  });
});

describe("a prompt that follows it is a conversation", () => {
  it.each([
    [LLAMA_3, llama3("hello")],
    [LLAMA_4, llama4("hello")],
    [LLAMA_4, llama3("hello")],
    [LLAMA_2, llama2("hello")],
    [MISTRAL, mistral("hello")],
    [R1, deepSeek("hello")],
  ])("%s", async (model, prompt) => {
    expect(await said(model, prompt)).toMatch(/(^|\n)You said: hello\n/);
  });

  it("an answer that has begun is gone on with", async () => {
    expect(await said(LLAMA_3, `${llama3("hello")}Well`)).toMatch(/^ … and so it goes on\. You said: hello/);
    expect(await said(MISTRAL, `${mistral("hello")} Well`)).toMatch(/^ … and so it goes on/);
  });

  it("R1 thinks in the open: it closes a thought that the prompt began, or begins its own", async () => {
    expect(await said(R1, deepSeek("hello"))).toMatch(
      /^The user wrote [^<]*\n<\/think>\n\nYou said: hello\n/,
    );
    expect(await said(R1, deepSeek("hello").replace("<think>\n", ""))).toMatch(
      /^<think>\nThe user [^<]*\n<\/think>\n\nYou/,
    );
  });

  it("a schema in the system text is followed", async () => {
    const schema = JSON.stringify({ type: "object", properties: { city: { type: "string" } } });
    const prompt = llama3("about Paris").replace("Be brief.", `Answer with this JSON schema:\n${schema}`);
    expect(await said(LLAMA_3, prompt)).toContain('{"city":"Paris"}');
  });
});

describe("images beside a prompt", () => {
  it("are seen by the Llamas that see", async () => {
    const answer = await answerOf(LLAMA_4, { prompt: llama4("<|image|>What is it?"), images: [RED_PNG] });
    expect(answer["generation"]).toMatch(
      /^I see a PNG image, 2×3 pixels, mostly red\.\nYou said: What is it\?/,
    );
  });

  it("are refused by the others", async () => {
    expect(await verdictOf(LLAMA_3, { prompt: llama3("hi"), images: [RED_PNG] })).toContain(
      "extraneous key [images]",
    );
  });
});

describe("the length of an answer", () => {
  it.each([
    [LLAMA_3, { prompt: llama3("x".repeat(4000)) }, "generation_token_count", 512],
    [LLAMA_3, { prompt: llama3("hi"), max_gen_len: 2 }, "generation_token_count", 2],
    ["amazon.titan-text-express-v1", { inputText: "x".repeat(4000) }, "results.0.tokenCount", 512],
  ])("%s stops at its limit", async (model, body, path, tokens) => {
    const answer = await answerOf(model, body);
    expect(at(answer, path)).toBe(tokens);
    expect(JSON.stringify(answer)).toMatch(/"(stop_reason|completionReason)":"(length|LENGTH)"/);
  });
});
