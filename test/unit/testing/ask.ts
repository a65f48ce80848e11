import type { BedrockEmulator } from "../../../src/testing/index.ts";
import { emulator, HIDDEN, post } from "./support.ts";
import type { Body } from "./support.ts";

interface Served {
  output: { message: { content: Record<string, never>[] } };
  stopReason: string;
  usage: Record<string, number>;
  additionalModelResponseFields?: unknown;
  trace?: unknown;
}

/** What Converse answers, or the error with which it refuses. */
export async function ask(body: Body, model = HIDDEN, bedrock?: BedrockEmulator) {
  const { status, json, text } = await post(bedrock ?? (await emulator()), body, { model });
  if (status !== 200) throw new Error(text);
  const served = json() as Served;
  const content = served.output.message.content as {
    text?: string;
    toolUse?: { name: string; input: Body };
    reasoningContent?: Body;
    citationsContent?: Body;
  }[];
  return {
    ...served,
    content,
    text: content.map((block) => block.text ?? "").join(""),
    calls: content.flatMap(({ toolUse }) => (toolUse ? [[toolUse.name, toolUse.input]] : [])),
  };
}
