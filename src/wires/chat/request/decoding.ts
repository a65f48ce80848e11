import type { Adjustment } from "../../../adjustments.ts";
import type { CachePoint, ContentBlock, ToolResultBlock } from "../../../conversation/types.ts";
import type { FetchedMedia } from "./media-parts.ts";

/** What the steps of decoding share: what was downloaded, what was noted, and where blocks came from. */
export interface Decoding {
  readonly media: FetchedMedia;
  /** How long a cache point lives that does not say it itself. */
  readonly cacheTtl: CachePoint["ttl"];
  readonly adjustments: Adjustment[];
  readonly places: Map<ContentBlock | ToolResultBlock, string>;
  note(param: string, action: Adjustment["action"], reason: string): void;
  /** The same for what a long history would repeat. */
  noteOnce(param: string, action: Adjustment["action"], reason: string): void;
}

export function createDecoding(media: FetchedMedia, cacheTtl?: CachePoint["ttl"]): Decoding {
  const adjustments: Adjustment[] = [];
  const noted = new Set<string>();
  return {
    media,
    cacheTtl,
    adjustments,
    places: new Map(),
    note: (param, action, reason) => void adjustments.push({ param, action, reason }),
    noteOnce(param, action, reason) {
      if (noted.has(reason)) return;
      noted.add(reason);
      adjustments.push({ param, action, reason });
    },
  };
}
