import type { JsonObject } from "../../src/conversation/types.ts";
import type { ChatCompletion } from "../../src/openai/chat-response.ts";
import type { BedrockOpenAIHandler } from "../../src/index.ts";
import type { RecordedRequest } from "../../src/testing/index.ts";
import type { House } from "../support/bedrock.ts";
import { type FoldedAnswer, foldChunks } from "../support/fold-chunks.ts";
import { chatRequest } from "../support/requests.ts";

const VIDEO = { type: "video_url", video_url: { url: "data:video/mp4;base64,AAAAIGZ0eXBpc29t" } };

export const assistant = (content: unknown): JsonObject => ({ role: "assistant", content });

/** A user's words; to a model that answers questions about a video, beside one. */
export const user = (text: string, model = "", ...parts: JsonObject[]): JsonObject => ({
  role: "user",
  content: [{ type: "text", text }, ...parts, ...(model.includes("pegasus") ? [VIDEO] : [])],
});

export interface Told {
  status: number;
  headers: Headers;
  answer: FoldedAnswer;
  error: { message: string; type: string; param: string | null; code: string | null } | undefined;
}

/** An answer as its reader understands it, whole or streamed. */
export async function ask(
  handler: BedrockOpenAIHandler,
  body: JsonObject,
  { stream = false, headers = {} }: { stream?: boolean; headers?: Record<string, string> } = {},
): Promise<Told> {
  const asked = stream ? { stream_options: { include_usage: true }, ...body, stream } : body;
  const response = await handler(chatRequest(asked, { headers }));
  const text = await response.text();
  const { status } = response;
  if (status !== 200)
    return {
      status,
      headers: response.headers,
      answer: { choices: [] },
      ...(JSON.parse(text) as Pick<Told, "error">),
    };
  return {
    status,
    headers: response.headers,
    answer: stream ? foldChunks(text) : whole(text),
    error: undefined,
  };
}

/** The parts of a whole answer that a stream has too. */
function whole(json: string): FoldedAnswer {
  const { choices, usage, trace, additionalModelResponseFields: fields } = JSON.parse(json) as ChatCompletion;
  return {
    choices,
    ...(usage && { usage }),
    ...(trace && { trace }),
    ...(fields !== undefined && { additionalModelResponseFields: fields }),
  };
}

export const textIn = ({ answer }: Told): string => answer.choices[0]?.message.content ?? "";
export const finishOf = ({ answer }: Told): string => answer.choices[0]?.finish_reason ?? "";

/** The parameters that were changed in some way. */
export const notesOf = ({ headers }: Pick<Told, "headers">, action: string): string[] =>
  (JSON.parse(headers.get("x-bedrock-adjustments") ?? "[]") as { param: string; action: string }[])
    .flatMap((note) => (note.action === action ? note.param : []))
    .toSorted();

/** What InvokeModel got: of a house that has also looked models up. */
export const invoked = ({ bedrock }: House): readonly RecordedRequest[] =>
  bedrock.requests.filter(({ operation }) => operation.startsWith("Invoke"));

export const sentBody = (house: House): JsonObject => invoked(house).at(-1)!.body as JsonObject;
