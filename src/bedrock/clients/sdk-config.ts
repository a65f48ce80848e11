import type * as Config from "@smithy/core/config";
import { sdkRequire } from "./sdk-client.ts";

/** What the SDK reads its configuration with. Undefined in a bundle, where its parts are not to be had. */
export function loadSdkConfig(): typeof Config | undefined {
  try {
    return sdkRequire()("@smithy/core/config");
  } catch {
    return undefined;
  }
}
