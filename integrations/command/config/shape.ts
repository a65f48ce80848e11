import * as z from "zod";
import { credentials, endpoint, type ENTRY, models, roles, webIdentityToken } from "./entry-shape.ts";
import { traits } from "./traits-shape.ts";
import { count, listOf, number, oneOf, positive, recordOf, strict, text, truth } from "./shapes.ts";

const CODE = "takes code, so only createBedrockOpenAIHandler can be given it.";

/** Options that no file can hold. */
export const CODE_ONLY = {
  authorize: CODE,
  client: CODE,
  logger: CODE,
  onUsage: CODE,
  waitUntil: CODE,
} as const;

const port = () =>
  number("a port, 0 to 65535", (port) => Number.isInteger(port) && port >= 0 && port <= 65_535);

const price = () => number("a price, 0 or more", (value) => value >= 0);

const A_STORE = "a Redis URL, { maxBytes } or false";

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0;

/** The options of the handler that can be written down, under their own names, and what only a server has. */
export const CONFIG = strict(
  {
    region: text("an AWS Region").exactOptional(),
    credentials: credentials().exactOptional(),
    profile: text("the name of a profile").exactOptional(),
    role: roles().exactOptional(),
    webIdentityToken: webIdentityToken().exactOptional(),
    apiKey: text().exactOptional(),
    fips: truth().exactOptional(),
    dualStack: truth().exactOptional(),
    proxy: z.union([text("a URL, or false"), z.literal(false)]).exactOptional(),
    http2: truth().exactOptional(),
    endpoint: endpoint().exactOptional(),
    headers: recordOf(text()).exactOptional(),
    models: models().exactOptional(),
    traits: traits().exactOptional(),
    unsupported: oneOf(["adjust", "reject"]).exactOptional(),
    promptCache: oneOf(["auto", "explicit"]).exactOptional(),
    media: strict({
      fetch: truth().exactOptional(),
      allowPrivate: listOf(text("a host name or an address")).exactOptional(),
      maxBytes: positive("bytes").exactOptional(),
      timeout: positive("milliseconds").exactOptional(),
      maxRedirects: count().exactOptional(),
    }).exactOptional(),
    passThrough: truth().exactOptional(),
    maxBodyBytes: positive("bytes").exactOptional(),
    retries: count().exactOptional(),
    timeouts: strict({
      firstByte: positive("milliseconds").exactOptional(),
      idle: positive("milliseconds").exactOptional(),
      ready: positive("milliseconds").exactOptional(),
      body: positive("milliseconds").exactOptional(),
    }).exactOptional(),
    apiKeys: listOf(text()).exactOptional(),
    allowRequestCredentials: truth().exactOptional(),
    cors: z
      .union([
        truth(),
        strict({
          origins: z.union([text("an origin, or a list of them"), listOf(text("an origin"))]).exactOptional(),
          headers: listOf(text("a header's name")).exactOptional(),
          maxAge: count().exactOptional(),
          privateNetwork: truth().exactOptional(),
        }),
      ])
      .exactOptional(),
    maxConcurrency: number("a whole number, 1 or more", isCount).exactOptional(),
    prices: recordOf(
      strict({
        input: price(),
        output: price().exactOptional(),
        cached: price().exactOptional(),
        written: price().exactOptional(),
        writtenForAnHour: price().exactOptional(),
        tiers: recordOf(number("a factor, 0 or more", (value) => value >= 0)).exactOptional(),
      }),
    ).exactOptional(),
    store: z
      .union([
        text(A_STORE).regex(/^rediss?:\/\/\S+$/, `must be ${A_STORE}`),
        z.literal(false),
        strict({ maxBytes: positive("bytes") }),
      ])
      .exactOptional(),
    storeTtl: number("a whole number of milliseconds, 1 or more", isCount).exactOptional(),
    stateSecret: text().min(32, "must be at least 32 characters").exactOptional(),
    telemetry: z.union([truth(), strict({ captureContent: truth().exactOptional() })]).exactOptional(),
    port: port().exactOptional(),
    host: text("a host name or an address").exactOptional(),
    metricsPort: port().exactOptional(),
  },
  CODE_ONLY,
);

export type ConfigFile = z.output<typeof CONFIG>;
export type Entry = z.output<typeof ENTRY>;
