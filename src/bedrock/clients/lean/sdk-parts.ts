import type * as Auth from "@aws-sdk/core/httpAuthSchemes";
import type * as Chain from "@aws-sdk/credential-provider-node";
import type * as Config from "@smithy/core/config";
import type * as Retry from "@smithy/core/retry";
import { sdkClient } from "../sdk-client.ts";

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

function load(): SdkParts | undefined {
  try {
    const { require } = sdkClient()!;
    return {
      auth: require("@aws-sdk/core/httpAuthSchemes"),
      retry: require("@smithy/core/retry"),
      chain: () => require("@aws-sdk/credential-provider-node"),
    };
  } catch {
    return undefined;
  }
}

/** What the SDK reads the shared configuration files with. Undefined for a client that has it elsewhere. */
export function loadConfigReader(): typeof Config | undefined {
  try {
    return sdkClient()!.require("@smithy/core/config");
  } catch {
    return undefined;
  }
}
