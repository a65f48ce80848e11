import type { BedrockClient } from "@aws-sdk/client-bedrock";
import { once } from "../once.ts";

type Signer = BedrockClient["config"]["signer"];

/**
 * The SDK makes a signer for every request, from a copy of the client's whole configuration. The region and the service that the first
 * one signs for stay those of all later ones, so that it can serve them itself; it asks for credentials each time.
 */
export function keepSigner({ config }: { config: { signer: Signer } }): void {
  const make = config.signer;
  let kept: (() => ReturnType<Signer>) | undefined;
  config.signer = (scheme) => (kept ??= once(() => make(scheme)))();
}
