import type { BedrockOpenAIHandler } from "../../../src/index.ts";
import { CLAUDE } from "../../support/bedrock.ts";

/** Stand in samples for what is only known when it was answered. */
export const KEPT = {
  response: "resp_of_the_sample",
  conversation: "conv_of_the_sample",
  item: "msg_of_the_sample",
  thoughts: "thoughts_of_the_sample",
  forged: "forged_thoughts_of_the_sample",
  summary: "summary_of_the_sample",
} as const;

interface Answered {
  id: string;
  output: { type: string; id: string; encrypted_content?: string }[];
}

/** Has something kept and sealed for every one of them. @returns A text with these in their places. */
export async function keepSamples(handler: BedrockOpenAIHandler): Promise<(text: string) => string> {
  const post = async <Answer>(path: string, body: object): Promise<Answer> => {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const response = await handler(new Request(`http://localhost/v1${path}`, init));
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const asked = { model: CLAUDE, input: "Hi" };
  const include = ["reasoning.encrypted_content"];
  const answered = await post<Answered>("/responses", { ...asked, reasoning: { effort: "low" }, include });
  const conversation = await post<{ id: string }>("/conversations", {
    items: [{ role: "user", content: "Hi" }],
  });
  const compacted = await post<Answered>("/responses/compact", asked);
  const sealed = ({ output }: Answered, type: string): string =>
    output.find((item) => item.type === type)!.encrypted_content!;
  const thoughts = sealed(answered, "reasoning");
  const known: Readonly<Record<string, string>> = {
    [KEPT.forged]: `${thoughts.slice(0, -8)}AAAAAAAA`,
    [KEPT.thoughts]: thoughts,
    [KEPT.response]: answered.id,
    [KEPT.conversation]: conversation.id,
    [KEPT.item]: answered.output.find(({ type }) => type === "message")!.id,
    [KEPT.summary]: sealed(compacted, "compaction"),
  };
  return (text) => Object.entries(known).reduce((told, [name, value]) => told.replaceAll(name, value), text);
}
