import { count, listOf, number, oneOf, recordOf, strict, text, truth } from "./shapes.ts";
import * as z from "zod";

const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
const flag = () => truth().exactOptional();

/** What a model can do: the columns of the core's table. */
export const TRAITS = strict({
  sampling: oneOf(["both", "one", "temperature", "topP", "none"]).exactOptional(),
  maxTemperature: number("a positive number", (value) => value > 0).exactOptional(),
  topK: oneOf(["top_k", "inferenceConfig.topK", "k", "none"]).exactOptional(),
  nativeSampling: listOf(oneOf(["seed", "frequency_penalty", "presence_penalty"])).exactOptional(),
  stopSequences: flag(),
  maxOutputTokens: count().exactOptional(),
  limitRequired: flag(),
  system: flag(),
  systemTurns: flag(),
  tools: flag(),
  toolIds: oneOf(["bedrock", "mistral"]).exactOptional(),
  reservedToolNames: listOf(text()).exactOptional(),
  toolSchema: oneOf(["any", "plain"]).exactOptional(),
  toolChoice: listOf(oneOf(["auto", "any", "tool"])).exactOptional(),
  streaming: flag(),
  streamingTools: flag(),
  parallelToolControl: flag(),
  strictTools: flag(),
  images: flag(),
  documents: flag(),
  video: flag(),
  audio: flag(),
  s3Media: flag(),
  toolResultMedia: listOf(oneOf(["image", "document", "video"])).exactOptional(),
  searchResults: flag(),
  toolResultStatus: flag(),
  prefill: flag(),
  structuredOutput: oneOf(["native", "model", "tool", "instruction"]).exactOptional(),
  reasoning: strict({
    kind: oneOf(["budget", "adaptive", "nova", "nested", "flat", "none"]),
    efforts: listOf(oneOf(EFFORTS)),
    off: oneOf(["omit", "effort", "disabled", "between_tools", "never"]),
    budgets: flag(),
  }).exactOptional(),
  thinksBesideTools: flag(),
  reasoningReplay: oneOf(["signed", "encrypted", "none"]).exactOptional(),
  cachePoints: listOf(oneOf(["tools", "system", "messages"])).exactOptional(),
  cacheTtl: flag(),
  serviceTiers: listOf(text()).exactOptional(),
  optimizedLatency: flag(),
  requestMetadata: flag(),
  webSearch: flag(),
  anthropicBeta: flag(),
  nativeFields: z.union([oneOf(["any"]), listOf(text())]).exactOptional(),
  ownSettings: flag(),
  controlTokens: listOf(text()).exactOptional(),
  refusedFields: listOf(listOf(text())).exactOptional(),
});

export const traits = () => recordOf(TRAITS);
