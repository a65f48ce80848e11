/** What the Messages API answers. Source: Anthropic API reference, "Create a Message" and "Streaming Messages". */

export interface Message {
  id: string;
  type: "message";
  role: "assistant";
  /** The Bedrock id that answered. */
  model: string;
  content: ReplyBlock[];
  stop_reason: MessageStopReason | null;
  stop_sequence: string | null;
  stop_details: StopDetails | null;
  usage: MessageUsage;
}

export type ReplyBlock = ReplyText | ReplyThinking | ReplyRedactedThinking | ReplyToolUse;

export interface ReplyText {
  type: "text";
  text: string;
  /** Only of what cites something. */
  citations?: ReplyCitation[];
}

export interface ReplyThinking {
  type: "thinking";
  thinking: string;
  /** Empty where the model does not sign what it thinks. */
  signature: string;
}

export interface ReplyRedactedThinking {
  type: "redacted_thinking";
  data: string;
}

export interface ReplyToolUse {
  type: "tool_use";
  id: string;
  name: string;
  input: Record<string, unknown>;
  caller: { type: "direct" };
}

interface CitedDocument {
  cited_text: string;
  document_index: number;
  document_title: string | null;
  file_id: null;
}

export type ReplyCitation =
  | (CitedDocument & { type: "char_location"; start_char_index: number; end_char_index: number })
  | (CitedDocument & { type: "page_location"; start_page_number: number; end_page_number: number })
  | (CitedDocument & { type: "content_block_location"; start_block_index: number; end_block_index: number })
  | {
      type: "search_result_location";
      cited_text: string;
      search_result_index: number;
      source: string;
      title: string | null;
      start_block_index: number;
      end_block_index: number;
    }
  | {
      type: "web_search_result_location";
      cited_text: string;
      url: string;
      title: string | null;
      encrypted_index: string;
    };

export type MessageStopReason =
  | "end_turn"
  | "max_tokens"
  | "stop_sequence"
  | "tool_use"
  | "pause_turn"
  | "refusal"
  | "model_context_window_exceeded";

/** Why the model, or a guardrail, would not answer; Bedrock tells no more than that. */
export interface StopDetails {
  type: "refusal";
  category: null;
  explanation: null;
}

/** `input_tokens` excludes what was read from or written to the prompt cache. */
export interface MessageUsage {
  input_tokens: number;
  cache_creation_input_tokens: number;
  cache_read_input_tokens: number;
  /** Null where it is not known yet. */
  cache_creation: { ephemeral_5m_input_tokens: number; ephemeral_1h_input_tokens: number } | null;
  output_tokens: number;
  output_tokens_details?: { thinking_tokens: number };
  service_tier: "standard" | "priority" | null;
}

export type BlockDelta =
  | { type: "text_delta"; text: string }
  | { type: "thinking_delta"; thinking: string }
  | { type: "signature_delta"; signature: string }
  | { type: "input_json_delta"; partial_json: string }
  | { type: "citations_delta"; citation: ReplyCitation };

export type MessageEvent =
  | { type: "message_start"; message: Message }
  | { type: "ping" }
  | { type: "content_block_start"; index: number; content_block: ReplyBlock }
  | { type: "content_block_delta"; index: number; delta: BlockDelta }
  | { type: "content_block_stop"; index: number }
  | {
      type: "message_delta";
      delta: Pick<Message, "stop_reason" | "stop_sequence" | "stop_details">;
      usage: MessageUsage;
    }
  | { type: "message_stop" };

/** A failure, as the body of an answer and as the last event of a stream. */
export interface ErrorBody {
  type: "error";
  error: { type: ErrorType; message: string; details?: ErrorDetails };
  request_id: string;
}

/** What clients go by, beyond the type. */
export interface ErrorDetails {
  error_code: "thread_unsupported_request";
  /** What of the request does not go with it. */
  unsupported: readonly string[];
}

export type ErrorType =
  | "invalid_request_error"
  | "authentication_error"
  | "billing_error"
  | "permission_error"
  | "not_found_error"
  | "request_too_large"
  | "rate_limit_error"
  | "timeout_error"
  | "api_error"
  | "overloaded_error";
