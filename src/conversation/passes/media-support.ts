import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";
import { type Fitted, type Places, unchanged } from "../fitting.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation, MediaSource, ToolResultBlock } from "../types.ts";

type Media = "image" | "document" | "video" | "audio";

const TRAITS: readonly (readonly [Media, keyof Traits, string])[] = [
  ["image", "images", "images"],
  ["document", "documents", "documents"],
  ["video", "video", "video"],
  ["audio", "audio", "audio"],
];

/** Converse's own bounds on one request. Source: aws-bedrock §A.2. */
const MOST: readonly (readonly [Media, number])[] = [
  ["image", 20],
  ["document", 5],
];

/**
 * An answer that has not seen the picture would look like one that has.
 * @throws BedrockOpenAIError 400 for media that this model does not read, or more of it than Bedrock takes.
 */
export function mediaSupport(conversation: Conversation, traits: Traits, places: Places): Fitted {
  const counts = new Map<Media, number>();
  for (const { content } of conversation.messages) {
    for (const block of content) {
      for (const part of [block, ...(block.toolResult?.content ?? [])]) {
        const shown = "guardContent" in part && part.guardContent?.image ? part.guardContent : part;
        const media = TRAITS.find(([name]) => name in shown);
        if (!media) continue;
        const [name, trait, plural] = media;
        const place = places.get(part) ?? places.get(block) ?? "messages";
        if (!traits[trait]) throw refused(place, `this model does not accept ${plural}`);
        if (!traits.s3Media && sourceOf(part, name)?.s3Location)
          throw refused(place, "this model does not read from s3://; send the data itself");
        const count = (counts.get(name) ?? 0) + 1;
        const most = MOST.find(([limited]) => limited === name)?.[1] ?? Infinity;
        if (count > most) throw refused(place, `Bedrock takes at most ${most} ${plural} in a request`);
        counts.set(name, count);
      }
    }
  }
  return unchanged(conversation);
}

const sourceOf = (part: ContentBlock | ToolResultBlock, name: Media): MediaSource | undefined =>
  (part as ContentBlock)[name]?.source;

const refused = (param: string, reason: string): BedrockOpenAIError =>
  invalidRequest(`Invalid '${param}': ${reason}.`, { code: "unsupported_value", param });
