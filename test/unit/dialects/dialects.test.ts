import { describe, expect, it } from "vitest";
import type { Conversation } from "../../../src/conversation/types.ts";
import { dialectOf, DIALECTS } from "../../../src/dialects/dialects.ts";
import { fitFor } from "./body-of.ts";

describe("the dialect of a family", () => {
  it.each([
    ["anthropic.claude-v2:1", "anthropic-text"],
    ["anthropic.claude-instant-v1", "anthropic-text"],
    ["amazon.titan-text-express-v1", "titan-text"],
    ["amazon.titan-text-lite-v1", "titan-text"],
    ["meta.llama2-13b-chat-v1", "llama2"],
    ["meta.llama3-8b-instruct-v1:0", "llama3"],
    ["meta.llama3-1-8b-instruct-v1:0", "llama3"],
    ["meta.llama4-scout-17b-instruct-v1:0", "llama4"],
    ["mistral.mistral-7b-instruct-v0:2", "mistral-text"],
    ["mistral.mixtral-8x7b-instruct-v0:1", "mistral-text"],
    ["cohere.command-text-v14", "cohere-command"],
    ["cohere.command-light-text-v14", "cohere-command"],
    ["ai21.j2-ultra-v1", "ai21-j2"],
    ["deepseek.r1-v1:0", "deepseek-r1"],
    ["imported.llama", "imported-llama"],
    ["imported.mistral", "mistral-text"],
    ["imported.deepseek_r1", "deepseek-r1-imported"],
    ["imported.qwen2", "chatml"],
    ["imported.qwen3", "chatml"],
    ["imported.openai", "openai-chat"],
    ["anthropic.claude-sonnet-4-5-20250929-v1:0", "anthropic-messages"],
    ["anthropic.claude-next", "anthropic-messages"],
    ["amazon.nova-pro-v1:0", "nova"],
    ["amazon.nova-2-lite-v1:0", "nova"],
    ["cohere.command-r-plus-v1:0", "cohere-command-r"],
    ["mistral.mistral-large-2402-v1:0", "mistral-chat"],
    ["mistral.mistral-large-2407-v1:0", "mistral-chat"],
    ["mistral.mistral-small-2402-v1:0", "mistral-chat"],
    ["mistral.pixtral-large-2502-v1:0", "mistral-chat"],
    ["mistral.mistral-large-3-675b-instruct", "openai-chat"],
    ["mistral.voxtral-mini-3b-2507", "openai-chat"],
    ["ai21.jamba-1-5-large-v1:0", "jamba"],
    ["twelvelabs.pegasus-1-2-v1:0", "pegasus"],
    ["openai.gpt-oss-120b-1:0", "openai-chat"],
    ["openai.gpt-oss-safeguard-20b", "openai-chat"],
    ["openai.gpt-6-sol", "openai-reasoning-chat"],
    ["deepseek.v3-v1:0", "openai-chat"],
    ["moonshotai.kimi-k3", "openai-chat"],
    ["moonshot.kimi-k2-thinking", "openai-chat"],
    ["xai.grok-4.6", "openai-chat"],
  ])("%s is %s", (family, name) => {
    expect(dialectOf(family)?.name).toBe(name);
  });

  it.each(["", "amazon.nova-2-multimodal-embeddings-v1:0", "amazon.titan-embed-text-v2:0"])(
    "that nobody knows is none: %j",
    (family) => {
      expect(dialectOf(family)).toBeUndefined();
    },
  );

  it("knows the bound of each Llama", () => {
    const most = (family: string) => dialectOf(family)?.traits.maxOutputTokens;
    expect(most("meta.llama3-70b-instruct-v1:0")).toBe(2048);
    expect(most("meta.llama3-3-70b-instruct-v1:0")).toBe(8192);
  });
});

describe("a body that leaves out its limit is cut by the host at a few hundred tokens", () => {
  const limited = DIALECTS.filter(
    ([, { traits }]) => traits.limitRequired && traits.maxOutputTokens !== undefined,
  );

  it("of which there are some", () => {
    expect(limited.length).toBeGreaterThan(8);
  });

  it.each(limited.map(([, dialect]) => [dialect.name, dialect] as const))(
    "so %s names the most it writes, where the caller sets none",
    (_, dialect) => {
      const question: Conversation = { messages: [{ role: "user", content: [{ text: "q" }] }] };
      const { conversation, adjustments } = fitFor(dialect, "somebody.model", question);
      const most = dialect.traits.maxOutputTokens;
      expect(conversation.inferenceConfig?.maxTokens).toBe(most);
      expect(adjustments.filter(({ param }) => param === "max_completion_tokens")).toEqual([]);
      if (dialect.name !== "pegasus")
        expect(JSON.stringify(dialect.toBody(conversation, false))).toContain(`:${most}`);
    },
  );
});
