/** What of the answer's form depends on how the caller asked. */
export interface ReplyForm {
  /** Calls are told as `function_call`, as before there were tools. */
  functions: boolean;
  /** The caller's names of tools whose calls carry free text. */
  customTools: ReadonlySet<string>;
}

export const PLAIN_FORM: ReplyForm = { functions: false, customTools: new Set() };
