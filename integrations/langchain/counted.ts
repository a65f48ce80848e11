import type { MessageContent } from "@langchain/core/messages";
import { CALLS } from "./assistant.ts";
import { type Content, toPart } from "./content.ts";
import type { Part } from "./media.ts";

/** What only an assistant says: its text is what can be counted. */
const SAID = new Set(["reasoning", "thinking", "redacted_thinking", ...CALLS]);

/** The content of any message as a user's, to be counted. Blank text, which Bedrock refuses, is left out. */
export const toCounted = (content: MessageContent): Content =>
  typeof content === "string"
    ? content.trim() && content
    : (content as Part[]).map(toCountedPart).filter((part) => part.type !== "text" || !isBlank(part));

const toCountedPart = (part: Part): Part =>
  part.type !== undefined && SAID.has(part.type)
    ? { type: "text", text: JSON.stringify(part) }
    : toPart(part);

const isBlank = ({ text }: Part): boolean => typeof text === "string" && text.trim() === "";
