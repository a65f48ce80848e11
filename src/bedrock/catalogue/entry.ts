import type { ModelKind } from "./found.ts";

/** What a model is for, in LiteLLM's words. */
export type Mode = "chat" | "embedding" | "image_generation" | "rerank";

/** Something that can be called by its id. */
export interface CatalogueEntry {
  /** Id or ARN, as it goes into `model`. */
  readonly id: string;
  readonly type: ModelKind;
  readonly name?: string;
  /** The vendor in AWS's words: `Anthropic`. */
  readonly provider?: string;
  /** The vendor as ids name it: `anthropic`; `bedrock` where AWS does not tell whose model answers. */
  readonly ownedBy: string;
  /** Unix seconds, the same at every call. */
  readonly created: number;
  /** In lower case; absent where AWS does not tell. */
  readonly inputModalities?: readonly string[];
  readonly outputModalities?: readonly string[];
  readonly mode?: Mode;
  readonly streaming?: boolean;
  /** `active`, `legacy`. */
  readonly lifecycle?: string;
  /** Base id of the model that answers. */
  readonly baseModel?: string;
  /** The Regions that serve it. */
  readonly regions: readonly string[];
}
