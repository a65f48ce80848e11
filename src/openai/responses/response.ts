/** The response object, as OpenAI's API reference defines it. What it holds beside is left open. */

/** In the order of a response's life. */
export type ResponseStatus = "queued" | "in_progress" | "completed" | "incomplete" | "failed" | "cancelled";

export interface ResponseObject {
  id: string;
  object: "response";
  /** Unix seconds. */
  created_at: number;
  status: ResponseStatus;
  background: boolean;
  error: ResponseError | null;
  incomplete_details: { reason: "max_output_tokens" | "content_filter" } | null;
  instructions: unknown;
  model: string;
  output: OutputItem[];
  parallel_tool_calls: boolean;
  previous_response_id: string | null;
  conversation?: { id: string } | null;
  store: boolean;
  tools: unknown[];
  tool_choice: unknown;
  metadata: Record<string, string>;
  usage?: ResponseUsage;
  [member: string]: unknown;
}

export interface ResponseError {
  code: string;
  message: string;
}

export interface ResponseUsage {
  input_tokens: number;
  input_tokens_details: { cached_tokens: number; cache_write_tokens: number };
  output_tokens: number;
  output_tokens_details: { reasoning_tokens: number };
  total_tokens: number;
}

export type ItemStatus = "in_progress" | "completed" | "incomplete";

/** An item of an answer; AWS's own hosts know more kinds, which pass as they are. */
export type OutputItem = MessageItem | ReasoningItem | FunctionCallItem | CustomCallItem | OtherItem;

export interface MessageItem {
  type: "message";
  id: string;
  status: ItemStatus;
  role: "assistant";
  content: MessagePart[];
}

export type MessagePart = OutputText | Refusal;

export interface OutputText {
  type: "output_text";
  text: string;
  annotations: ResponseAnnotation[];
  logprobs: unknown[];
}

export interface Refusal {
  type: "refusal";
  refusal: string;
}

export interface ResponseAnnotation {
  type: "url_citation";
  start_index: number;
  end_index: number;
  title: string;
  url: string;
}

export interface ReasoningItem {
  type: "reasoning";
  id: string;
  summary: { type: "summary_text"; text: string }[];
  content?: { type: "reasoning_text"; text: string }[];
  encrypted_content?: string | null;
  status?: ItemStatus;
}

export interface FunctionCallItem {
  type: "function_call";
  id: string;
  call_id: string;
  name: string;
  /** Of tools that were offered in one. */
  namespace?: string;
  arguments: string;
  status: ItemStatus;
}

export interface CustomCallItem {
  type: "custom_tool_call";
  id: string;
  call_id: string;
  name: string;
  namespace?: string;
  input: string;
  status?: ItemStatus;
}

export interface OtherItem {
  type: string & {};
  id: string;
  [member: string]: unknown;
}
