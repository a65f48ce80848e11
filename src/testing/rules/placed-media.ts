import type { MediaSource } from "../../conversation/types.ts";
import { placedBlocks } from "./request.ts";
import type { ConverseRequest } from "./request.ts";

const KINDS = ["image", "document", "video", "audio"] as const;
export type MediaKind = (typeof KINDS)[number];

type Holder = { readonly [K in MediaKind]?: { source: MediaSource } };

export interface PlacedMedia {
  kind: MediaKind;
  source: MediaSource;
  /** E.g. `messages.0.content.1.image`. */
  at: string;
  /** Inside a tool result. */
  nested: boolean;
}

/** All media of a request, those inside tool results too. */
export function placedMedia(request: ConverseRequest): PlacedMedia[] {
  return placedBlocks(request).flatMap(({ block, at }) => {
    const results = block.toolResult?.content ?? [];
    return [
      mediaOf(block, at, false),
      results.map((inner, index) => mediaOf(inner, `${at}.toolResult.content.${index}`, true)),
    ].flat(2);
  });
}

function mediaOf(holder: Holder, at: string, nested: boolean): PlacedMedia[] {
  return KINDS.flatMap((kind) => {
    const source = holder[kind]?.source;
    return source ? [{ kind, source, at: `${at}.${kind}`, nested }] : [];
  });
}
