import type { ToolResult, ToolResultBlock } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import type { Prompt } from "./prompt.ts";
import { audioSentence, documentSentence, imageSentence, videoSentence } from "./seen-media.ts";

/** The words of an answer that neither calls a tool nor follows a schema. */
export function spokenText(prompt: Prompt, model: Model): string {
  if (prompt.prefill !== undefined) return continuation(prompt.prefill, prompt.text);
  const echo = prompt.text === "" ? [] : [`You said: ${prompt.text}`];
  return [
    ...prompt.results.map(resultSentence),
    ...prompt.images.map(imageSentence),
    ...prompt.documents.map(documentSentence),
    ...prompt.videos.map(videoSentence),
    ...prompt.sounds.map(audioSentence),
    ...echo,
    `This is the Bedrock emulator answering for ${model.id}; nothing was sent to AWS.`,
  ].join("\n");
}

function continuation(prefill: string, text: string): string {
  const opensJson = prefill.trimEnd().endsWith("{");
  return opensJson
    ? `${JSON.stringify({ you_said: text }).slice(1)}`
    : ` … and so it goes on. You said: ${text}`;
}

function resultSentence({ name, result }: { name: string; result: ToolResult }): string {
  const verb = result.status === "error" ? "failed with" : "returned";
  return `${name} ${verb}: ${result.content.map(resultPart).join("\n")}`;
}

function resultPart({ text, json, image, document, video }: ToolResultBlock): string {
  if (text !== undefined) return text;
  if (image) return imageSentence(image);
  if (document) return documentSentence(document);
  return video ? videoSentence(video) : JSON.stringify(json);
}
