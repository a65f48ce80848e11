/** A refusal on a path of OpenAI's or Anthropic's API, which knows the words of both. */
export class NativeError extends Error {
  readonly status: number;
  /** OpenAI's `code`. */
  readonly code: string;

  constructor(message: string, { status = 400, code = "validation_error" } = {}) {
    super(message);
    this.name = "NativeError";
    this.status = status;
    this.code = code;
  }
}
