import { besideClient } from "./beside-client.ts";

const { readFileSync } = process.getBuiltinModule("node:fs");

/** What the constructor of the SDK's client calls, in its order. */
const KNOWN_STEPS = [
  "resolveClientEndpointParameters",
  "resolveUserAgentConfig",
  "resolveRetryConfig",
  "resolveRegionConfig",
  "resolveHostHeaderConfig",
  "resolveEndpointConfig",
  "resolveEventStreamSerdeConfig",
  "resolveHttpAuthSchemeConfig",
  "resolveEventStreamConfig",
  "resolveWebSocketConfig",
  "resolveRuntimeExtensions",
  "getSchemaSerdePlugin",
  "getUserAgentPlugin",
  "getRetryPlugin",
  "getContentLengthPlugin",
  "getHostHeaderPlugin",
  "getLoggerPlugin",
  "getRecursionDetectionPlugin",
  "getHttpAuthSchemeEndpointRuleSetPlugin",
  "getHttpSigningPlugin",
].join();

const STEP = /(?:\b_config_[1-9]\d* = |\bmiddlewareStack\.use\()(\w+)/g;
const HOST = '"https://bedrock-runtime.{Region}.{PartitionResult#dnsSuffix}"';
const VERSION = /^var version = "(\d[\w.+-]*)";$/m;

/**
 * The version that the SDK's client tells AWS, read from its source, which is not run: its package may have another. Undefined for a client
 * that is put together in other ways than those that are known here: that one is asked itself.
 */
export function versionOfKnown(file: string): string | undefined {
  const source = readFileSync(file, "utf8");
  const steps = Array.from(source.matchAll(STEP), ([, step]) => step).join();
  if (steps !== KNOWN_STEPS || !source.includes(HOST)) return undefined;
  return VERSION.exec(source)?.[1];
}

let known: { version: string | undefined } | undefined;

/** That of the client that is installed. */
export const knownVersion = (): string | undefined =>
  (known ??= { version: besideClient(({ file }) => versionOfKnown(file)) }).version;
