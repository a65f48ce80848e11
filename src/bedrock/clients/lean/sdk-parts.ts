import type * as Client from "@aws-sdk/core/client";
import type * as Auth from "@aws-sdk/core/httpAuthSchemes";
import type * as Chain from "@aws-sdk/credential-provider-node";
import type * as Tokens from "@aws-sdk/token-providers";
import type * as Core from "@smithy/core";
import type * as Smithy from "@smithy/core/client";
import type * as Config from "@smithy/core/config";
import type * as Retry from "@smithy/core/retry";
import { isOwnSend } from "../../courier/thin/is-own-send.ts";
import { versionOfKnown } from "./known-client.ts";
import { sdkClient } from "../sdk-client.ts";

/** What the SDK's client is made of, as far as a call has need of it. */
export interface SdkParts {
  /** That of the client, as AWS is told. */
  version: string;
  client: typeof Client;
  auth: typeof Auth;
  core: typeof Core;
  config: typeof Config;
  retry: typeof Retry;
  /** Not needed where credentials are given. */
  chain(): typeof Chain;
  /** Not needed but for API keys of the environment. */
  tokens(): typeof Tokens;
  isSendWrapped(): boolean;
}

let loaded: { parts: SdkParts | undefined } | undefined;

/** Loaded from where the client has them, so that both are the same. Undefined for a client that is not known. */
export const loadParts = (): SdkParts | undefined => (loaded ??= { parts: load() }).parts;

/** Whether somebody has put himself around what all of the SDK's clients send by, for which he need not load this one. */
export const isSendWrapped = (): boolean => loaded?.parts?.isSendWrapped() ?? false;

function load(): SdkParts | undefined {
  try {
    const { file, require } = sdkClient()!;
    const version = versionOfKnown(file);
    const { prototype }: typeof Smithy.Client = require("@smithy/core/client").Client;
    const { send } = prototype;
    if (version === undefined || !isOwnSend(send)) return undefined;
    return {
      version,
      client: require("@aws-sdk/core/client"),
      auth: require("@aws-sdk/core/httpAuthSchemes"),
      core: require("@smithy/core"),
      config: require("@smithy/core/config"),
      retry: require("@smithy/core/retry"),
      chain: () => require("@aws-sdk/credential-provider-node"),
      tokens: () => require("@aws-sdk/token-providers"),
      isSendWrapped: () => prototype.send !== send,
    };
  } catch {
    return undefined;
  }
}
