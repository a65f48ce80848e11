import type { BedrockOpenAIOptions } from "./options.ts";

/** The handler's options by name, so that what is none of them is not taken for one. */
const OPTIONS: Readonly<Record<keyof BedrockOpenAIOptions, true>> = {
  region: true,
  credentials: true,
  profile: true,
  role: true,
  webIdentityToken: true,
  apiKey: true,
  fips: true,
  dualStack: true,
  proxy: true,
  http2: true,
  endpoint: true,
  headers: true,
  client: true,
  models: true,
  traits: true,
  unsupported: true,
  promptCache: true,
  media: true,
  passThrough: true,
  apiKeys: true,
  authorize: true,
  allowRequestCredentials: true,
  cors: true,
  maxConcurrency: true,
  maxBodyBytes: true,
  retries: true,
  timeouts: true,
  onUsage: true,
  prices: true,
  telemetry: true,
  store: true,
  storeTtl: true,
  stateSecret: true,
  waitUntil: true,
  logger: true,
};

export const OPTION_NAMES: readonly string[] = Object.keys(OPTIONS);

export const isOptionName = (name: string): name is keyof BedrockOpenAIOptions =>
  Object.hasOwn(OPTIONS, name);
