import { cachePoint, contentBlock, guardContent, toolName } from "./content-block.ts";
import { boolean, document, float, integer, list, map, oneOf, string, structure, union } from "./shape.ts";
import type { Shape } from "./shape.ts";

/** The request tree of Converse and ConverseStream. Source: the `bedrock-runtime` service model. */

const MODEL_ID_PATTERN = [
  "(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(([0-9]{12}:custom-model/[a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}/[a-z0-9]{12})",
  "(:foundation-model/[a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.:]?[a-z0-9-]{1,63}))",
  "([0-9]{12}:imported-model/[a-z0-9]{12})",
  "([0-9]{12}:provisioned-model/[a-z0-9]{12})",
  "([0-9]{12}:custom-model-deployment/[a-z0-9]{12})",
  "([0-9]{12}:(inference-profile|application-inference-profile)/[a-zA-Z0-9-:.]+)))",
  "([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.:]?[a-z0-9-]{1,63}))",
  "(([0-9a-zA-Z][_-]?)+)",
  "([a-zA-Z0-9-:.]+)",
  "(^(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:prompt/[0-9a-zA-Z]{10}(?::[0-9]{1,5})?))$",
  "(^arn:aws:sagemaker:[a-z0-9-]+:[0-9]{12}:endpoint/[a-zA-Z0-9-]+$)",
  "(^arn:aws(-[^:]+)?:bedrock:([0-9a-z-]{1,20}):([0-9]{12}):(default-)?prompt-router/[a-zA-Z0-9-:.]+$)",
].join("|");

const inferenceConfig = structure(
  {},
  {
    maxTokens: integer({ min: 1 }),
    temperature: float({ min: 0, max: 1 }),
    topP: float({ min: 0, max: 1 }),
    stopSequences: list(string({ min: 1 }), { min: 0, max: 2500 }),
  },
);

const tool = union("Tool", {
  toolSpec: structure(
    { name: toolName, inputSchema: union("ToolInputSchema", { json: document }) },
    { description: string({ min: 1 }), strict: boolean },
  ),
  systemTool: structure({ name: toolName }),
  cachePoint,
});

const toolConfig = structure(
  { tools: list(tool, { min: 1 }) },
  {
    toolChoice: union("ToolChoice", {
      auto: structure({}),
      any: structure({}),
      tool: structure({ name: toolName }),
    }),
  },
);

const outputConfig = structure(
  {},
  {
    textFormat: structure({
      type: oneOf("json_schema"),
      structure: union("OutputFormatStructure", {
        jsonSchema: structure({ schema: string() }, { name: string(), description: string() }),
      }),
    }),
    effort: string({ min: 0, max: 16 }),
  },
);

const guardrail = {
  guardrailIdentifier: string({
    min: 0,
    max: 2048,
    pattern: "(|([a-z0-9]+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail/[a-z0-9]+))",
  }),
  guardrailVersion: string({ pattern: "(|([1-9][0-9]{0,7})|(DRAFT))" }),
  trace: oneOf("enabled", "disabled", "enabled_full"),
};

const metadata = (min: number) =>
  string({ min, max: 256, pattern: `[a-zA-Z0-9\\s:_@$#=/+,-.]{${min},256}`, sensitive: true });

const request = (guardrailConfig: Shape): Shape =>
  structure(
    { modelId: string({ min: 1, max: 2048, pattern: MODEL_ID_PATTERN }) },
    {
      messages: list(structure({ role: oneOf("user", "assistant", "system"), content: list(contentBlock) })),
      system: list(union("SystemContentBlock", { text: string({ min: 1 }), guardContent, cachePoint })),
      inferenceConfig,
      toolConfig,
      guardrailConfig,
      additionalModelRequestFields: document,
      promptVariables: map(string(), union("PromptVariableValues", { text: string() })),
      additionalModelResponseFieldPaths: list(string({ min: 1, max: 256 }), { min: 0, max: 10 }),
      requestMetadata: map(metadata(1), metadata(0), { min: 1, max: 16 }),
      performanceConfig: structure({}, { latency: oneOf("standard", "optimized") }),
      serviceTier: structure({ type: oneOf("priority", "default", "flex", "reserved") }),
      outputConfig,
    },
  );

/** ConverseRequest. */
export const converseRequest: Shape = request(structure({}, guardrail));

/** ConverseStreamRequest: the guardrail may also say how it treats a stream. */
export const converseStreamRequest: Shape = request(
  structure({}, { ...guardrail, streamProcessingMode: oneOf("sync", "async") }),
);
