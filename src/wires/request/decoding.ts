import type { Adjustment } from "../../adjustments.ts";
import type { CachePoint, ContentBlock, ToolResultBlock } from "../../conversation/types.ts";
import { createNotes, type Notes } from "../../reception/notes.ts";
import type { FetchedMedia } from "../../reception/files.ts";

/** What the steps of decoding share: what was downloaded, what was noted, and where blocks came from. */
export interface Decoding extends Notes {
  readonly media: FetchedMedia;
  /** How long a cache point lives that does not say it itself. */
  readonly cacheTtl: CachePoint["ttl"];
  readonly places: Map<ContentBlock | ToolResultBlock, string>;
  /** The same for what a long history would repeat. */
  noteOnce(param: string, action: Adjustment["action"], reason: string): void;
}

export function createDecoding(media: FetchedMedia, cacheTtl?: CachePoint["ttl"]): Decoding {
  const notes = createNotes();
  const noted = new Set<string>();
  return {
    media,
    cacheTtl,
    ...notes,
    places: new Map(),
    noteOnce(param, action, reason) {
      if (noted.has(reason)) return;
      noted.add(reason);
      notes.note(param, action, reason);
    },
  };
}
