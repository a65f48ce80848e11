import type { Adjustment } from "../../adjustments.ts";
import type { ContentBlock, ToolResultBlock } from "../../conversation/types.ts";
import type { FetchedMedia } from "./media-parts.ts";

/** What the steps of decoding share: what was downloaded, what was noted, and where blocks came from. */
export interface Decoding {
  readonly media: FetchedMedia;
  readonly adjustments: Adjustment[];
  readonly places: Map<ContentBlock | ToolResultBlock, string>;
  note(param: string, action: Adjustment["action"], reason: string): void;
}

export function createDecoding(media: FetchedMedia): Decoding {
  const adjustments: Adjustment[] = [];
  return {
    media,
    adjustments,
    places: new Map(),
    note: (param, action, reason) => void adjustments.push({ param, action, reason }),
  };
}
