/** What of the answer's form depends on how the caller asked. */
export interface ReplyForm {
  /** Calls are told as `function_call`, as before there were tools. */
  functions: boolean;
  /** The caller's names of tools whose calls carry free text. */
  customTools: ReadonlySet<string>;
  /** The model's reasoning is told. */
  reasoning: boolean;
  /** Bedrock's own words beside the answer were asked for: a guardrail's trace, response fields. */
  extras: boolean;
}

export const PLAIN_FORM: ReplyForm = {
  functions: false,
  customTools: new Set(),
  reasoning: true,
  extras: false,
};
