import type { ImageBlock, ToolResult } from "../../conversation/types.ts";
import type { Model } from "../catalogue/model-id.ts";
import { imageHeader } from "../media/image-header.ts";
import { pngColour } from "../media/png-colour.ts";
import type { DocumentBlock } from "../rules/request.ts";
import type { Prompt } from "./prompt.ts";

const FORMAT_NAMES: Record<string, string> = { png: "PNG", jpeg: "JPEG", gif: "GIF", webp: "WebP" };

/** The words of an answer that neither calls a tool nor follows a schema. */
export function spokenText(prompt: Prompt, model: Model): string {
  if (prompt.prefill !== undefined) return continuation(prompt.prefill, prompt.text);
  const seen = [...prompt.images.map(imageSentence), ...prompt.documents.map(documentSentence)];
  const results = prompt.results.map(resultSentence);
  const echo = prompt.text === "" ? [] : [`You said: ${prompt.text}`];
  const closing = `This is the Bedrock emulator answering for ${model.id}; nothing was sent to AWS.`;
  return [...results, ...seen, ...echo, closing].join("\n");
}

function continuation(prefill: string, text: string): string {
  const opensJson = prefill.trimEnd().endsWith("{");
  return opensJson
    ? `${JSON.stringify({ you_said: text }).slice(1)}`
    : ` … and so it goes on. You said: ${text}`;
}

function imageSentence({ format, source }: ImageBlock): string {
  const bytes = Buffer.from((source.bytes as string | undefined) ?? "", "base64");
  const header = imageHeader(bytes);
  const size = header?.width ? `, ${header.width}×${header.height} pixels` : "";
  const colour = format === "png" ? pngColour(bytes) : undefined;
  return `I see a ${FORMAT_NAMES[format]} image${size}${colour ? `, mostly ${colour}` : ""}.`;
}

function documentSentence({ name, format, source }: DocumentBlock): string {
  const bytes = source.bytes === undefined ? undefined : Buffer.from(source.bytes, "base64").length;
  const size = bytes ?? source.text?.length ?? JSON.stringify(source.content ?? "").length;
  const where = source.s3Location ? "in S3" : `${size} bytes`;
  return `I read the document "${name}" (${[format?.toUpperCase(), where].filter(Boolean).join(", ")}).`;
}

function resultSentence({ name, result }: { name: string; result: ToolResult }): string {
  const verb = result.status === "error" ? "failed with" : "returned";
  const parts = result.content.map(({ text, json, image }) => {
    if (text !== undefined) return text;
    return image ? imageSentence(image) : JSON.stringify(json);
  });
  return `${name} ${verb}: ${parts.join("\n")}`;
}
