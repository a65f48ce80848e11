import type { DocumentBlock } from "../../conversation/types.ts";
import { type BedrockOpenAIError, invalidRequest } from "../../errors.ts";

/** What a document says, where it came as text; undefined for a file. */
export const documentText = ({ source }: DocumentBlock): string | undefined =>
  source.text ?? source.content?.map(({ text }) => text).join("\n\n");

/** For a file that no trait tells of and a body cannot hold. */
export const unsupportedFile = (reason: string): BedrockOpenAIError =>
  invalidRequest(`Invalid 'messages': ${reason}.`, { code: "unsupported_file", param: "messages" });
