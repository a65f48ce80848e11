import * as z from "zod";
import { listOf, number, oneOf, recordOf, strict, text } from "./shapes.ts";

export const credentials = () =>
  strict({
    accessKeyId: text(),
    secretAccessKey: text(),
    sessionToken: text().exactOptional(),
  });

/** A URL for all Bedrock hosts, or one for each. */
export const endpoint = () =>
  z.union([
    text("a URL, or a mapping of hosts"),
    strict({
      runtime: text("a URL").exactOptional(),
      control: text("a URL").exactOptional(),
      agentRuntime: text("a URL").exactOptional(),
      mantle: text("a URL").exactOptional(),
    }),
  ]);

const ROLE = strict({
  arn: text("the ARN of a role"),
  sessionName: text().exactOptional(),
  externalId: text().exactOptional(),
  tags: recordOf(text()).exactOptional(),
  durationSeconds: number(
    "seconds, 900 to 43200",
    (value) => value >= 900 && value <= 43_200,
  ).exactOptional(),
});

/** A role, or several, each taken on by the one before. */
export const roles = () => z.union([ROLE, listOf(ROLE)]);

/** A token, or where it lies. */
export const webIdentityToken = () =>
  z.union([
    text("a token, or where it lies: { file } or { env }"),
    strict({ file: text("the path of a file") }),
    strict({ env: text("the name of a variable") }),
  ]);

export const ENTRY = strict({
  model: text("a model string").exactOptional(),
  modelId: text("an id or ARN").exactOptional(),
  surface: oneOf(["converse", "invoke", "openai", "converse-like"]).exactOptional(),
  family: text("a base id").exactOptional(),
  region: text("an AWS Region").exactOptional(),
  credentials: credentials().exactOptional(),
  profile: text("the name of a profile").exactOptional(),
  role: roles().exactOptional(),
  webIdentityToken: webIdentityToken().exactOptional(),
  endpoint: endpoint().exactOptional(),
  url: text("an http(s) URL").exactOptional(),
  streamUrl: text("an http(s) URL").exactOptional(),
  apiKey: text().exactOptional(),
  headers: recordOf(text()).exactOptional(),
  defaults: recordOf(z.unknown()).exactOptional(),
  fallbacks: listOf(text("a model string")).exactOptional(),
  spread: recordOf(number("a positive number", (weight) => weight > 0)).exactOptional(),
});

/** A name of the operator's own: the model it stands for, or more than that. */
export const models = () => recordOf(z.union([text("a model string, or a mapping"), ENTRY]));
