import type {
  ConverseRequest,
  InferenceConfig,
  JsonObject,
  RequestBlock,
  RequestMessage,
} from "../family.ts";

interface NovaBody {
  messages: RequestMessage[];
  system?: RequestBlock[];
  inferenceConfig?: InferenceConfig & {
    max_new_tokens?: number;
    top_p?: number;
    topK?: number;
    top_k?: number;
  };
  toolConfig?: NonNullable<ConverseRequest["toolConfig"]>;
  reasoningConfig?: unknown;
}

/** A Nova body in Converse's words. */
export function readNova(native: JsonObject): ConverseRequest {
  const body = native as unknown as NovaBody;
  const { messages, system, toolConfig, reasoningConfig, inferenceConfig = {} } = body;
  const {
    max_new_tokens: maxNewTokens,
    top_p: topP,
    topK,
    top_k: otherTopK = topK,
    ...config
  } = inferenceConfig;
  const fields = {
    ...(otherTopK !== undefined && { inferenceConfig: { topK: otherTopK } }),
    ...(reasoningConfig !== undefined && { reasoningConfig }),
  };
  return {
    messages: messages.map(({ role, content }) => ({ role, content: content.flatMap(unlined) })),
    ...(system && { system: system.flatMap(unlined) }),
    inferenceConfig: {
      ...(maxNewTokens !== undefined && { maxTokens: maxNewTokens }),
      ...(topP !== undefined && { topP }),
      ...config,
    },
    ...(toolConfig && { toolConfig }),
    ...(Object.keys(fields).length > 0 && { additionalModelRequestFields: fields }),
  };
}

/** A cache point that stands inside a block stands after it in Converse. */
function unlined({ cachePoint, ...block }: RequestBlock): RequestBlock[] {
  const own = Object.keys(block).length > 0 ? [block] : [];
  return [...own, ...(cachePoint ? [{ cachePoint }] : [])];
}
