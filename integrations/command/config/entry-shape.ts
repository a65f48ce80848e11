import * as z from "zod";
import { oneOf, recordOf, strict, text } from "./shapes.ts";

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

export const ENTRY = strict({
  model: text("a model string").exactOptional(),
  modelId: text("an id or ARN").exactOptional(),
  surface: oneOf(["converse", "invoke", "openai", "converse-like"]).exactOptional(),
  family: text("a base id").exactOptional(),
  region: text("an AWS Region").exactOptional(),
  credentials: credentials().exactOptional(),
  profile: text("the name of a profile").exactOptional(),
  endpoint: endpoint().exactOptional(),
  url: text("an http(s) URL").exactOptional(),
  streamUrl: text("an http(s) URL").exactOptional(),
  apiKey: text().exactOptional(),
  headers: recordOf(text()).exactOptional(),
  defaults: recordOf(z.unknown()).exactOptional(),
});

/** A name of the operator's own: the model it stands for, or more than that. */
export const models = () => recordOf(z.union([text("a model string, or a mapping"), ENTRY]));
