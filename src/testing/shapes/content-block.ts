import { blob, boolean, document, integer, list, oneOf, string, structure, union } from "./shape.ts";
import type { Shape } from "./shape.ts";

/** The blocks of a Converse message. Source: the `bedrock-runtime` service model. */

const toolName = string({ min: 1, max: 64, pattern: "[a-zA-Z0-9_-]+" });
const toolUseId = string({ min: 1, max: 64, pattern: "[a-zA-Z0-9_.:-]+" });
const bytes = blob({ min: 1 });
const index = integer({ min: 0 });

const s3Location = structure(
  { uri: string({ min: 1, max: 1024, pattern: "s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?" }) },
  { bucketOwner: string({ pattern: "[0-9]{12}" }) },
);
const error = structure({}, { message: string() });
const citationsConfig = structure({ enabled: boolean });

const image = structure(
  { format: oneOf("png", "jpeg", "gif", "webp"), source: union("ImageSource", { bytes, s3Location }) },
  { error },
);
const video = structure({
  format: oneOf("mkv", "mov", "mp4", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp"),
  source: union("VideoSource", { bytes, s3Location }),
});
const audio = structure(
  {
    format: oneOf(..."mp3 opus wav aac flac mp4 ogg mkv mka x-aac m4a mpeg mpga pcm webm".split(" ")),
    source: union("AudioSource", { bytes, s3Location }),
  },
  { error },
);
const documentBlock = structure(
  {
    name: string({ min: 1, max: 200 }),
    source: union("DocumentSource", {
      bytes,
      s3Location,
      text: string(),
      content: list(union("DocumentContentBlock", { text: string() })),
    }),
  },
  {
    format: oneOf("pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"),
    context: string(),
    citations: citationsConfig,
  },
);
const searchResult = structure(
  { source: string(), title: string(), content: list(structure({ text: string() })) },
  { citations: citationsConfig },
);

const span = structure({}, { documentIndex: index, start: index, end: index });
const citation = structure(
  {},
  {
    title: string(),
    source: string(),
    sourceContent: list(union("CitationSourceContent", { text: string() })),
    location: union("CitationLocation", {
      web: structure({}, { url: string(), domain: string() }),
      documentChar: span,
      documentPage: span,
      documentChunk: span,
      searchResultLocation: structure({}, { searchResultIndex: index, start: index, end: index }),
    }),
  },
);

const toolReference = structure({
  tool: structure(
    {},
    {
      type: string({ min: 1, max: 64 }),
      name: string({ min: 1, max: 128 }),
      serverName: string({ min: 1, max: 128 }),
    },
  ),
});

const guardContent = union("GuardrailConverseContentBlock", {
  text: structure(
    { text: string() },
    { qualifiers: list(oneOf("grounding_source", "query", "guard_content")) },
  ),
  image: structure({
    format: oneOf("png", "jpeg"),
    source: union("GuardrailConverseImageSource", { bytes }),
  }),
});
const cachePoint = structure({ type: oneOf("default") }, { ttl: oneOf("5m", "1h") });

const contentBlock: Shape = union("ContentBlock", {
  text: string(),
  image,
  document: documentBlock,
  video,
  audio,
  toolUse: structure({ toolUseId, name: toolName, input: document }, { type: oneOf("server_tool_use") }),
  toolResult: structure(
    {
      toolUseId,
      content: list(
        union("ToolResultContentBlock", {
          json: document,
          text: string(),
          image,
          document: documentBlock,
          video,
          searchResult,
        }),
      ),
    },
    { status: oneOf("success", "error"), type: string() },
  ),
  guardContent,
  cachePoint,
  reasoningContent: union("ReasoningContentBlock", {
    reasoningText: structure({ text: string() }, { signature: string() }),
    redactedContent: blob(),
  }),
  citationsContent: structure(
    {},
    { content: list(union("CitationGeneratedContent", { text: string() })), citations: list(citation) },
  ),
  searchResult,
  toolAddition: toolReference,
  toolRemoval: toolReference,
});

export { cachePoint, contentBlock, guardContent, toolName };
