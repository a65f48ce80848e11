/** What of an answer's form depends on how the caller asked. */
export interface MessageForm {
  stops: readonly string[];
  /** Bedrock's own words beside the answer are asked for. */
  extras: boolean;
}

export const PLAIN_FORM: MessageForm = { stops: [], extras: false };
