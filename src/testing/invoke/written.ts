import { createHash } from "node:crypto";
import type { ContentBlock, ConverseResponse, JsonObject, ToolUse } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import type { ConverseRequest } from "../rules/request.ts";

/** An answer on its way into a family's own words. */
export interface Written {
  /** As Converse would have given it. */
  response: ConverseResponse;
  request: ConverseRequest;
  /** The native body that was asked. */
  body: JsonObject;
  model: Model;
}

/** When every answer of the emulator was made, in seconds: it says the same thing twice. */
export const CREATED = 1_763_000_000;

export function contentOf({ response }: Written): ContentBlock[] {
  return response.output.message.content;
}

/** All text, cited text too. */
export function textOf(answer: Written): string {
  return contentOf(answer).map(textOfBlock).join("");
}

export function textOfBlock({ text, citationsContent }: ContentBlock): string {
  return text ?? (citationsContent?.content ?? []).map((part) => part.text ?? "").join("");
}

/** What the model thinks in the open. */
export function thoughtOf(answer: Written): string {
  return contentOf(answer)
    .map(({ reasoningContent }) => reasoningContent?.reasoningText?.text ?? "")
    .join("");
}

export function callsOf(answer: Written): ToolUse[] {
  return contentOf(answer).flatMap(({ toolUse }) => toolUse ?? []);
}

/** Letters and digits, the same for the same request. */
export function idOf({ request, model }: Written, length = 24): string {
  const hash = createHash("sha256").update(JSON.stringify([model.id, request]));
  return hash.digest("base64url").replace(/[_-]/g, "0").slice(0, length);
}

/** The id of a call as this vendor makes them; an id that a test has chosen stays. */
export function callId({ toolUseId }: ToolUse, prefix: string): string {
  return toolUseId.replace(/^tooluse_/, prefix);
}

/** The stop sequence that ended the answer. */
export function stopSequenceOf({ response, request }: Written): string | null {
  if (response.stopReason !== "stop_sequence") return null;
  const fields = response.additionalModelResponseFields as { stop_sequence?: string } | undefined;
  return fields?.stop_sequence ?? request.inferenceConfig?.stopSequences?.[0] ?? null;
}
