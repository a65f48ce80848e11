import type { ImageFormat, JsonObject, RequestBlock, ToolResultBlock } from "../family.ts";

interface ImageSource {
  media_type: string;
  data: string;
}

interface DocumentSource {
  type: "base64" | "text" | "content";
  data: string;
  content?: string | { text?: string }[];
}

/** Anthropic's blocks, by type, as far as an answer may depend on them. */
interface NativeBlocks {
  text: { text: string };
  image: { source: ImageSource };
  document: { source: DocumentSource; title?: string | null; citations?: { enabled: boolean } };
  search_result: { source: string; title: string; content: JsonObject[] };
  tool_use: { id: string; name: string; input: JsonObject };
  tool_result: { tool_use_id: string; content?: string | JsonObject[]; is_error?: boolean };
  thinking: { thinking: string; signature: string };
  redacted_thinking: { data: string };
}

interface Tagged {
  type: keyof NativeBlocks;
  cache_control?: { ttl?: "5m" | "1h" };
}

/** Content in Converse's blocks; what is to be cached ends in a cache point. */
export function readBlocks(content: string | JsonObject[]): RequestBlock[] {
  if (typeof content === "string") return [{ text: content }];
  return content.flatMap((given) => {
    const { type, cache_control: control } = given as unknown as Tagged;
    const { ttl } = control ?? {};
    const read = READERS[type] as (block: unknown) => RequestBlock;
    const point: RequestBlock = { cachePoint: { type: "default", ...(ttl && { ttl }) } };
    return [read(given), ...(control ? [point] : [])];
  });
}

const READERS: { readonly [K in keyof NativeBlocks]: (block: NativeBlocks[K]) => RequestBlock } = {
  text: ({ text }) => ({ text }),
  image: ({ source }) => ({ image: readImage(source) }),
  document: ({ source, title, citations }) => ({
    document: { name: title ?? "document", ...readDocument(source), ...(citations && { citations }) },
  }),
  search_result: ({ source, title, content }) => ({ searchResult: { source, title, content } }),
  tool_use: ({ id, name, input }) => ({ toolUse: { toolUseId: id, name, input } }),
  tool_result: ({ tool_use_id: toolUseId, content, is_error: failed }) => ({
    toolResult: {
      toolUseId,
      content: readBlocks(content ?? []).filter(({ cachePoint }) => !cachePoint) as ToolResultBlock[],
      ...(failed && { status: "error" }),
    },
  }),
  thinking: ({ thinking: text, signature }) => ({ reasoningContent: { reasoningText: { text, signature } } }),
  redacted_thinking: ({ data }) => ({ reasoningContent: { redactedContent: data } }),
};

function readImage({ media_type: type, data: bytes }: ImageSource) {
  return { format: type.replace("image/", "") as ImageFormat, source: { bytes } };
}

function readDocument({ type, data, content = "" }: DocumentSource) {
  if (type === "base64") return { format: "pdf" as const, source: { bytes: data } };
  if (type === "text") return { format: "txt" as const, source: { text: data } };
  const parts = typeof content === "string" ? [{ text: content }] : content;
  return { source: { content: parts.map(({ text = "" }) => ({ text })) } };
}
