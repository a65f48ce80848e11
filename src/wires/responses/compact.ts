import type { CallContext } from "../../context.ts";
import { BedrockOpenAIError } from "../../errors.ts";
import { withFiles } from "../../http/attachments.ts";
import { jsonPiecesResponse, jsonResponse } from "../../http/json.ts";
import { kindOf } from "../../openai/responses/items.ts";
import type { MessageItem, ResponseObject } from "../../openai/responses/response.ts";
import { ownerOf } from "../../store/owner.ts";
import { answerResponse } from "./answer.ts";
import type { AskedResponse } from "./asked.ts";
import { readAsked } from "./read-asked.ts";
import { toResponseUsage } from "./reply/usage.ts";
import { itemPrefix } from "./item-prefix.ts";
import { type ItemResource, toResource } from "./state/resource.ts";
import { SUMMARY_HEADING, SUMMARY_TASK } from "./summary-words.ts";

/**
 * `POST /responses/compact`: what the caller said, and in the place of all that was done and answered a summary by the same
 * model, sealed. Nothing of it is kept. Source: OpenAI API reference, "Compact a response".
 */
export async function compactResponse(context: CallContext): Promise<Response> {
  const { newId, now, record, seal } = context;
  const id = newId("resp_");
  const created_at = now();
  const asked = await readAsked(context, id);
  Object.assign(record, { operation: "chat", request: asked.request, stream: false });
  const answer = await answerResponse(context, forSummary(asked), {
    id,
    createdAt: created_at,
    stream: false,
  });
  if ("explanation" in answer) return jsonResponse(answer.explanation);
  const { response } = answer as { response: ResponseObject };
  const summary = `${SUMMARY_HEADING}\n\n${summaryOf(response)}`;
  const compaction = {
    id: newId(itemPrefix("compaction")),
    type: "compaction",
    encrypted_content: seal.seal("compaction", await ownerOf(context), { summary }),
  };
  const output = [...saidBy(asked, newId), compaction];
  const usage = response.usage ?? toResponseUsage([]);
  return jsonWithFiles({ id, object: "response.compaction", created_at, output, usage }, asked);
}

/** The same conversation with another last question, by the same model under the same instructions. */
const forSummary = (asked: AskedResponse): AskedResponse => ({
  ...asked,
  request: { ...asked.request, ...PLAIN, stream: false, store: false },
  items: [...asked.items, { item: { type: "message", role: "user", content: SUMMARY_TASK }, at: "input" }],
});

/** What is the next response's affair: a summary is plain text. */
const PLAIN = {
  tools: undefined,
  tool_choice: undefined,
  parallel_tool_calls: undefined,
  max_output_tokens: undefined,
  max_tool_calls: undefined,
  text: undefined,
  include: undefined,
  background: undefined,
} as const;

/** @throws BedrockOpenAIError 502 for an answer that is no whole summary: with it the rest would be lost. */
function summaryOf({ output, status, incomplete_details: details }: ResponseObject): string {
  const text = output
    .flatMap((item) => (item.type === "message" ? (item as MessageItem).content : []))
    .map((part) => ("text" in part ? part.text : ""))
    .join("");
  if (status === "completed" && text.trim() !== "") return text;
  throw new BedrockOpenAIError(
    502,
    `The model gave no whole summary: ${details?.reason ?? (text.trim() === "" ? "it said nothing" : status)}.`,
    { type: "server_error", code: "empty_response" },
  );
}

/** What nobody but the caller can say again: the user's messages and the instructions between them, word for word. */
const saidBy = ({ items }: AskedResponse, newId: CallContext["newId"]): ItemResource[] =>
  items.flatMap(({ item }) =>
    kindOf(item) === "message" && item["role"] !== "assistant"
      ? toResource(item, item.id ?? newId(itemPrefix("message")))
      : [],
  );

const encoder = new TextEncoder();

/** The caller's files stand in it again. */
const jsonWithFiles = (value: object, { attachments }: AskedResponse): Response =>
  jsonPiecesResponse(
    withFiles(JSON.stringify(value), attachments).map((piece) =>
      typeof piece === "string" ? encoder.encode(piece) : piece,
    ),
  );
