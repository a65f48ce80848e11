/** One answer. Source: the JSON schema of output messages in OpenTelemetry's conventions for generative AI. */
export interface OutputMessage {
  role: "assistant";
  parts: Part[];
  finish_reason: string;
}

/** Text, thoughts, a call; what is none of them is named and left out. */
export interface Part {
  type: string;
  [member: string]: unknown;
}
