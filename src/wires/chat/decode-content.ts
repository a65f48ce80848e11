import type { Adjustment } from "../../adjustments.ts";
import type { ContentBlock } from "../../conversation/types.ts";
import { invalidRequest } from "../../errors.ts";
import type { UserMessage, UserPart } from "../../openai/chat-request.ts";
import { decodeImage } from "./decode-image.ts";

/** A user's text and parts as content blocks, one for one and in order. */
export function decodeUserContent(
  content: UserMessage["content"],
  message: number,
  adjustments: Adjustment[],
): ContentBlock[] {
  if (typeof content === "string") return [{ text: content }];
  return content.map((part, index) =>
    decodePart(part, `messages[${message}].content[${index}]`, adjustments),
  );
}

function decodePart(part: UserPart, param: string, adjustments: Adjustment[]): ContentBlock {
  switch (part.type) {
    case "text":
      return { text: part.text };
    case "image_url": {
      const url = typeof part.image_url === "string" ? part.image_url : part.image_url.url;
      return { image: decodeImage(url, `${param}.image_url.url`, adjustments) };
    }
    default:
      throw invalidRequest(
        `Content parts of type '${part.type}' are not supported yet; send text or image_url.`,
        {
          code: "unsupported_value",
          param: `${param}.type`,
        },
      );
  }
}
