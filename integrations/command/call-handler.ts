import {
  type BedrockOpenAIHandler,
  type BedrockOpenAIOptions,
  createBedrockOpenAIHandler,
} from "../../src/index.ts";
import { CommandFailure, EXIT } from "./terminal.ts";

/** OpenAI's error object. */
export interface OpenAIError {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

/** What the handler answered. */
export interface Told {
  status: number;
  /** JSON as a value; of a stream, and of what is no JSON, the text. */
  body: unknown;
  /** The error that a stream broke off with included. */
  error: OpenAIError | undefined;
  /** What AWS, its SDK or the network threw, where the handler tells its operator. */
  cause: unknown;
}

/** What the handler told its operator besides. */
export interface Remark {
  message: string;
  details: Record<string, unknown>;
}

/** A handler inside this process. */
export interface LocalHandler {
  handler: BedrockOpenAIHandler;
  remarks: readonly Remark[];
  /** `GET` without a body, `POST` with one: JSON, as text or as a value. */
  ask(path: string, asked?: Asked): Promise<Told>;
}

interface Asked {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** @throws CommandFailure for options that make no sense. */
export function openHandler(options: BedrockOpenAIOptions): LocalHandler {
  const remarks: Remark[] = [];
  const note = (message: string, details: Record<string, unknown>): void =>
    void remarks.push({ message, details });
  const handler = createHandler({ ...options, logger: { error: note, warn: note } });
  return {
    handler,
    remarks,
    async ask(path, asked = {}) {
      const response = await handler(toRequest(path, asked));
      const text = await response.text();
      const requestId = response.headers.get("x-request-id");
      const remark = remarks.find(({ details }) => details["requestId"] === requestId);
      const body = parsed(text);
      return { status: response.status, body, error: errorIn(body), cause: remark?.details["cause"] };
    },
  };
}

function createHandler(options: BedrockOpenAIOptions): BedrockOpenAIHandler {
  try {
    return createBedrockOpenAIHandler(options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CommandFailure(error.message.replace(/^bedrock-openai: /, ""), EXIT.usage);
  }
}

function toRequest(path: string, { body, headers, signal }: Asked): Request {
  const url = `http://bedrock/v1${path}`;
  const init = { ...(signal && { signal }), headers: { "content-type": "application/json", ...headers } };
  if (body === undefined) return new Request(url, init);
  return new Request(url, {
    ...init,
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An error in a stream stands in an event of its own. */
function errorIn(body: unknown): OpenAIError | undefined {
  if (typeof body !== "string") return (body as { error?: OpenAIError } | null)?.error;
  const line = body.split("\n").find((each) => each.startsWith('data: {"error"'));
  return line === undefined ? undefined : errorIn(parsed(line.slice("data: ".length)));
}
