import { invalidRequest } from "../../../errors.ts";
import type { ToolMessage, UserMessage } from "../../../openai/chat-messages.ts";
import type { ToolPart, UserPart } from "../../../openai/chat-parts.ts";
import type { InputPart, InstructionPart, ToolOutputPart } from "../../../openai/responses/parts.ts";

/** Parts of the Responses API in chat's form, one for one, so that each keeps its place. */

type Content<Part> = string | readonly Part[];

export const userContent = (content: Content<InputPart>, parts: string): UserMessage["content"] =>
  typeof content === "string" ? content : content.map((part, index) => userPart(part, `${parts}[${index}]`));

export const toolContent = (content: Content<ToolOutputPart>, parts: string): ToolMessage["content"] =>
  typeof content === "string"
    ? content
    : content.map((part, index) => userPart(part, `${parts}[${index}]`) as ToolPart);

type TextPart = Extract<UserPart, { type: "text" }>;
type Instructions =
  | TextPart
  | Extract<InstructionPart, { type: "guarded_text" | "grounding_source" | "query" }>;

export const instructionContent = (content: Content<InstructionPart>): string | Instructions[] =>
  typeof content === "string" ? content : content.map((part) => (isText(part) ? textPart(part) : part));

type Text = Extract<InputPart, { type: "input_text" | "output_text" | "text" }>;

const isText = (part: InstructionPart): part is Text => TEXTS.has(part.type);

const TEXTS: ReadonlySet<string> = new Set(["input_text", "output_text", "text"]);

function userPart(part: InputPart, at: string): Exclude<UserPart, { type: "tool_result" }> {
  switch (part.type) {
    case "input_text":
    case "output_text":
      return textPart(part);
    case "input_image":
      return imagePart(part, at);
    case "input_file":
      return filePart(part);
    default:
      return part;
  }
}

const textPart = (part: Text): TextPart => ({
  type: "text",
  text: part.text,
  ...marks(part),
});

type ImagePart = Extract<InputPart, { type: "input_image" }>;

function imagePart(part: ImagePart, at: string): Extract<UserPart, { type: "image_url" }> {
  const { image_url: url, file_id: id, detail } = part;
  if (url) return { type: "image_url", image_url: { url, detail }, ...marks(part) };
  throw invalidRequest(
    id
      ? `Invalid '${at}.file_id': no files are stored here; send the image as image_url.`
      : `Missing required parameter: '${at}.image_url'.`,
    {
      code: id ? "invalid_value" : "missing_required_parameter",
      param: id ? `${at}.file_id` : `${at}.image_url`,
    },
  );
}

function filePart(part: Extract<InputPart, { type: "input_file" }>): Extract<UserPart, { type: "file" }> {
  const { file_data, file_url, file_id, filename, format, citations } = part;
  return {
    type: "file",
    file: { file_data, file_url, file_id, filename, format },
    citations,
    ...marks(part),
  };
}

type Marks = Partial<Pick<TextPart, "cache_control" | "prompt_cache_breakpoint">>;

/** What of a part is for the cache. */
export const marks = ({ cache_control, prompt_cache_breakpoint }: Marks): Marks => ({
  ...(cache_control && { cache_control }),
  ...(prompt_cache_breakpoint && { prompt_cache_breakpoint }),
});
