import type { Opened } from "../../../store/seal.ts";
import type { Told } from "../../request/anthropic-parts.ts";
import type { Decoding } from "../../request/decoding.ts";
import type { Toolbox } from "./toolbox.ts";

/** Opens what the caller carries for us, for its purpose. */
export type Open = (purpose: "reasoning" | "compaction", text: string) => Opened;

/** What the reading of items shares. */
export interface Reading {
  decoding: Decoding;
  toolbox: Pick<Toolbox, "nameOf">;
  open: Open;
  /** Of shell calls, by the ids of their items. */
  callIds: ReadonlyMap<string, string>;
}

/** What an item says in a conversation. */
export interface Read {
  told: Told;
  /** The call it makes. */
  calls?: Call;
  /** The id of the call whose result it is. */
  answers?: string;
}

export interface Call {
  id: string;
  /** How OpenAI calls such a call in its complaints: `function call`. */
  kind: string;
}
