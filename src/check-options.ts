import { accountsFault } from "./bedrock/clients/account-fault.ts";
import { accessFault } from "./bedrock/credentials/access-fault.ts";
import { checkEntries } from "./bedrock/models/check-entries.ts";
import { isRegion } from "./bedrock/models/region.ts";
import { networkFault } from "./bedrock/transport/network-fault.ts";
import { checkDefaults } from "./check-defaults.ts";
import { checkNames } from "./check-names.ts";
import { checkCors } from "./gate/check-cors.ts";
import type { ResolvedOptions } from "./options.ts";
import { checkPrices } from "./record/check-prices.ts";
import { checkTelemetry } from "./record/check-telemetry.ts";
import { storeFault } from "./store/check-store.ts";

type Check = (options: ResolvedOptions) => string | undefined;

const TIMEOUTS: readonly string[] = ["firstByte", "idle", "ready", "body"];

/** What is wrong with an option, in the words of its complaint; the first is told. */
const CHECKS: readonly Check[] = [
  // A bound that is no positive number would silently be no bound.
  ({ maxBodyBytes, timeouts }) =>
    Object.entries({ maxBodyBytes, ...timeouts })
      .filter(([, value]) => !(Number.isFinite(value) && value > 0))
      .map(([name]) => `'${name}' must be a positive number`)[0],
  ({ timeouts }) =>
    Object.keys(timeouts)
      .filter((name) => !TIMEOUTS.includes(name))
      .map((name) => `'timeouts' has no '${name}'; known are ${TIMEOUTS.join(", ")}`)[0],
  // Any text is true, "false" too.
  ({ passThrough, allowRequestCredentials }) =>
    Object.entries({ passThrough, allowRequestCredentials })
      .filter(([, value]) => value !== undefined && typeof value !== "boolean")
      .map(([name]) => `'${name}' must be true or false`)[0],
  ({ authorize, onUsage, waitUntil }) =>
    Object.entries({ authorize, onUsage, waitUntil })
      .filter(([, value]) => value !== undefined && typeof value !== "function")
      .map(([name]) => `'${name}' must be a function`)[0],
  ({ logger }) =>
    typeof logger.error === "function" && typeof logger.warn === "function"
      ? undefined
      : "'logger' must have the functions 'error' and 'warn'",
  ({ promptCache }) => oneOf("promptCache", promptCache, ["auto", "explicit"]),
  ({ unsupported }) => oneOf("unsupported", unsupported ?? "adjust", ["adjust", "reject"]),
  ({ retries }) =>
    Number.isInteger(retries) && retries >= 0 ? undefined : "'retries' must be a whole number, 0 or more",
  ({ region }) =>
    region === undefined || isRegion(region) ? undefined : `'region' must be an AWS Region, not '${region}'`,
  ({ client }) =>
    client === undefined || typeof (client as Partial<typeof client> | null)?.send === "function"
      ? undefined
      : "'client' must be a BedrockRuntimeClient of @aws-sdk/client-bedrock-runtime",
  (options) => accessFault(options),
  (options) => networkFault(options),
  ({ maxConcurrency: most }) =>
    most === undefined || (Number.isInteger(most) && most > 0)
      ? undefined
      : "'maxConcurrency' must be a whole number, 1 or more",
  ({ cors }) => checkCors(cors),
  ({ prices }) => checkPrices(prices),
  ({ telemetry }) => checkTelemetry(telemetry),
  (options) => storeFault(options),
  // A variable that is not set must not open the door, and one that ends in a line break not lock it for all.
  ({ apiKeys }) =>
    apiKeys === undefined || typeof apiKeys === "function" || areKeys(apiKeys)
      ? undefined
      : "'apiKeys' must be a list of keys, none of them empty, of ASCII without spaces as a header holds them",
];

const oneOf = (name: string, value: string, known: readonly string[]): string | undefined =>
  known.includes(value) ? undefined : `'${name}' must be ${known.map((each) => `'${each}'`).join(" or ")}`;

/** API keys that a header can hold, and at least one. */
export const areKeys = (keys: unknown): keys is readonly string[] =>
  Array.isArray(keys) &&
  keys.length > 0 &&
  keys.every((key) => typeof key === "string" && /^[\x21-\x7e]+$/.test(key));

/** @throws TypeError for options that make no sense: said at the start what would otherwise fail for every caller. */
export function checkOptions(options: ResolvedOptions): void {
  checkNames(options);
  for (const check of CHECKS) {
    const fault = check(options);
    if (fault) throw new TypeError(`bedrock-openai: ${fault}.`);
  }
  checkEntries(options.models);
  const fault = accountsFault(options);
  if (fault) throw new TypeError(`bedrock-openai: ${fault}.`);
  checkDefaults(options.models);
}
