import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fit } from "../../../src/conversation/fit.ts";
import { traitsOf } from "../../../src/bedrock/traits/traits.ts";
import { textToBase64 } from "../../../src/conversation/media/data-url.ts";
import type { ContentBlock, Conversation } from "../../../src/conversation/types.ts";
import { dialectOf } from "../../../src/dialects/dialects.ts";
import { BedrockOpenAIError } from "../../../src/errors.ts";
import { anyConversation } from "../../support/any-conversation.ts";

const FAMILIES = [
  "anthropic.claude-sonnet-4-5-20250929-v1:0",
  "anthropic.claude-opus-5",
  "amazon.nova-pro-v1:0",
  "amazon.nova-2-lite-v1:0",
  "openai.gpt-6-sol",
  "openai.gpt-oss-120b-1:0",
  "qwen.qwen3-vl-235b-a22b",
  "mistral.voxtral-small-24b-2507",
  "mistral.pixtral-large-2502-v1:0",
  "ai21.jamba-1-5-large-v1:0",
  "cohere.command-r-v1:0",
  "imported.openai",
];

/** Undefined where the caller is told that it cannot be done. Anything else that is thrown fails the property. */
function tell(input: Conversation, family: string): { fitted: Conversation; body: string } | undefined {
  const dialect = dialectOf(family)!;
  try {
    const { conversation } = fit(input, { ...traitsOf(family), ...dialect.traits });
    const body = dialect.toBody(conversation, false);
    return { fitted: conversation, body: JSON.stringify(body) };
  } catch (thrown) {
    if (BedrockOpenAIError.isInstance(thrown) && thrown.status === 400) return undefined;
    throw thrown;
  }
}

/** What a model would miss: words, pictures, the names of tools, and thoughts that it wants back. */
const saidIn = ({ system = [], messages, toolConfig, inferenceConfig }: Conversation): string[] => [
  ...(system as ContentBlock[]).flatMap(wordsOf),
  ...messages.flatMap(({ content }) => content.flatMap(wordsOf)),
  ...(toolConfig?.tools ?? []).flatMap(({ toolSpec }) => toolSpec?.name ?? []),
  ...(inferenceConfig?.stopSequences ?? []),
];

function wordsOf(block: ContentBlock): string[] {
  const { text, guardContent, image, audio, video, document, toolUse, toolResult, reasoningContent } = block;
  const inResult = toolResult?.content.flatMap((part) => wordsOf(part as ContentBlock)) ?? [];
  const media = [image, audio, video, document].flatMap((each) => each?.source.bytes ?? []);
  const thoughts = [reasoningContent?.reasoningText?.signature, reasoningContent?.redactedContent];
  return [
    text ?? guardContent?.text?.text ?? "",
    document?.source.text ?? "",
    toolUse?.name ?? "",
    ...inResult,
    ...media,
    ...thoughts.flatMap((thought) => thought ?? []),
  ];
}

/** A text as it stands in JSON, or where a body knows documents only as files. */
const forms = (words: string): string[] => [JSON.stringify(words).slice(1, -1), textToBase64(words)];

describe("nothing that was fitted is lost on the way into the body", () => {
  it.each(FAMILIES)("of %s", (family) => {
    fc.assert(
      fc.property(anyConversation, (input) => {
        const told = tell(input, family);
        if (!told) return;
        for (const words of saidIn(told.fitted))
          expect(told.body).toSatisfy((body: string) => forms(words).some((form) => body.includes(form)));
        expect(told.body).not.toContain("undefined");
      }),
    );
  });
});
