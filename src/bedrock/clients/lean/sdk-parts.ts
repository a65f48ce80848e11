import type * as Auth from "@aws-sdk/core/httpAuthSchemes";
import type * as Chain from "@aws-sdk/credential-provider-node";
import type * as Config from "@smithy/core/config";
import type * as Retry from "@smithy/core/retry";
import { besideClient } from "./beside-client.ts";

/** What the SDK's client finds credentials by. */
export interface SdkParts {
  auth: typeof Auth;
  retry: typeof Retry;
  /** Not needed where credentials are given. */
  chain(): typeof Chain;
}

let loaded: { parts: SdkParts | undefined } | undefined;

/** Loaded from where the client has them, so that both are the same. Undefined for a client that has them elsewhere. */
export const loadParts = (): SdkParts | undefined => (loaded ??= { parts: load() }).parts;

const load = (): SdkParts | undefined =>
  besideClient(({ require }) => ({
    auth: require("@aws-sdk/core/httpAuthSchemes"),
    retry: require("@smithy/core/retry"),
    chain: () => require("@aws-sdk/credential-provider-node"),
  }));

/** What the SDK reads the shared configuration files with. Undefined for a client that has it elsewhere. */
export const loadConfigReader = (): typeof Config | undefined =>
  besideClient(({ require }) => require("@smithy/core/config") as typeof Config);
