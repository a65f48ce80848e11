import type * as Smithy from "@smithy/core/client";
import { isOwnSend } from "../../courier/thin/is-own-send.ts";
import { sdkClient } from "../sdk-client.ts";

type Client = (typeof Smithy.Client)["prototype"];

let file: string | undefined;
let client: Client | undefined;
let own: Client["send"] | undefined;

/** Whether somebody has put himself around what all of the SDK's clients send by, for which he need not load this one. */
export function isSendWrapped(): boolean {
  const there = (client ??= find());
  if (!there || there.send === own) return false;
  if (!isOwnSend(there.send)) return true;
  own = there.send;
  return false;
}

/** Undefined as long as nobody has loaded it: then there is nothing yet to put oneself around. */
function find(): Client | undefined {
  const { require } = sdkClient()!;
  file ??= require.resolve("@smithy/core/client");
  const exports = require.cache[file]?.exports as Partial<typeof Smithy> | undefined;
  return exports?.Client?.prototype;
}
