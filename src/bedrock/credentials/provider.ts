import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import type { BedrockOpenAIOptions } from "../../options.ts";
import type { Asking } from "./renewing.ts";

/** Credentials, or what provides them. */
export type Credentials = NonNullable<BedrockRuntimeClientConfig["credentials"]>;

/** An access key, its secret and what belongs to them. */
export type KeyPair = Exclude<Credentials, (...given: never[]) => unknown>;

/** How its client is set up that asks for an identity; what is asked of AWS for it goes out in the same way. */
export type CallerConfig = Pick<BedrockRuntimeClientConfig, "region" | "requestHandler">;

/** Which of AWS STS's hosts is called. */
export type StsHost = Pick<BedrockOpenAIOptions, "fips" | "dualStack">;

export type StsConfig = CallerConfig &
  Pick<BedrockRuntimeClientConfig, "useFipsEndpoint" | "useDualstackEndpoint">;

/** What the SDK tells a provider. */
export interface ProviderProperties extends Asking {
  callerClientConfig?: CallerConfig;
}

/** Provides credentials, as the SDK's own providers do. */
export type Provider = (properties?: ProviderProperties) => Promise<KeyPair>;
