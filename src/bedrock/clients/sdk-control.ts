import { named } from "../named.ts";
import { once } from "../once.ts";

/** The SDK's package for Bedrock's control plane. */
export const loadControlSdk = once(async () => named(await import("@aws-sdk/client-bedrock")));
