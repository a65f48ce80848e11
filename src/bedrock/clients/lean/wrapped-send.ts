import type * as Smithy from "@smithy/core/client";
import { isOwnSend } from "../../courier/thin/is-own-send.ts";
import { sdkClient } from "../sdk-client.ts";
import { besideClient } from "./beside-client.ts";

type Client = (typeof Smithy.Client)["prototype"];

let place: { file: string | undefined } | undefined;
let client: Client | undefined;
let own: Client["send"] | undefined;

/**
 * Whether somebody has put himself around what all of the SDK's clients send by, for which he need not load this one. Also where nobody knows
 * what that is.
 */
export function isSendWrapped(): boolean {
  const { file } = (place ??= { file: locate() });
  if (file === undefined) return true;
  const there = (client ??= find(file));
  if (!there || there.send === own) return false;
  if (!isOwnSend(there.send)) return true;
  own = there.send;
  return false;
}

/** Undefined for a client that has it elsewhere: a newer one, or one that is all in one file. */
const locate = (): string | undefined =>
  besideClient(({ require }) => require.resolve("@smithy/core/client"));

/** Undefined as long as nobody has loaded it: then there is nothing yet to put oneself around. */
function find(file: string): Client | undefined {
  const exports = sdkClient()!.require.cache[file]?.exports as Partial<typeof Smithy> | undefined;
  return exports?.Client?.prototype;
}
