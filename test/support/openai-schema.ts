import { existsSync, readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { type Chunk, chunksOf } from "./sse.ts";

/** OpenAI's published schema lies beside the project where it is developed; elsewhere the types alone judge. */
const FILE = new URL("../../../shared/data/openai.openapi.min.json", import.meta.url);

const compile = ((): ((name: string) => ValidateFunction) | undefined => {
  if (!existsSync(FILE)) return undefined;
  const document = JSON.parse(readFileSync(FILE, "utf8")) as object;
  const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
  ajv.addSchema(document, "openai");
  return (name) => ajv.getSchema(`openai#/components/schemas/${name}`)!;
})();

/** Throws when a value is not what OpenAI's schema of that name says. */
export function assertSchema(name: string, value: unknown): void {
  const validate = compile?.(name);
  if (!validate || validate(value)) return;
  throw new Error(`not a valid ${name}: ${JSON.stringify(validate.errors)}\n${JSON.stringify(value)}`);
}

/** The names of a wire's schemas. */
export interface WireSchemas {
  whole: string;
  chunk: string;
  /** A chunk as its schema wants it, where OpenAI's own chunks are not what it says. */
  seen?(chunk: Chunk): unknown;
}

const CHAT: WireSchemas = {
  whole: "CreateChatCompletionResponse",
  chunk: "CreateChatCompletionStreamResponse",
};

/** OpenAI has one schema for answers and chunks, but null in a chunk for what is not known yet. */
export const COMPLETIONS: WireSchemas = {
  whole: "CreateCompletionResponse",
  chunk: "CreateCompletionResponse",
  seen: ({ usage, choices, ...rest }) => ({
    ...rest,
    ...(usage && { usage }),
    choices: choices.map((choice) => ({ ...choice, finish_reason: choice.finish_reason ?? "stop" })),
  }),
};

/** A fetch that holds everything it lets through against the schema; `settled` rejects on the first violation. */
export function schemaCheckedFetch(
  fetch: typeof globalThis.fetch,
  schemas = CHAT,
): {
  fetch: typeof globalThis.fetch;
  settled(): Promise<number>;
} {
  const checks: Promise<number>[] = [];
  return {
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const check = checkBody(response.clone(), schemas);
      check.catch(() => undefined);
      checks.push(check);
      return response;
    },
    settled: async () => (await Promise.all(checks)).reduce((sum, count) => sum + count, 0),
  };
}

async function checkBody(response: Response, { whole, chunk: part, seen }: WireSchemas): Promise<number> {
  const text = await response.text();
  if (!response.ok) {
    assertSchema("ErrorResponse", JSON.parse(text));
    return 1;
  }
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    assertSchema(whole, JSON.parse(text));
    return 1;
  }
  const { chunks } = chunksOf(text);
  for (const chunk of chunks) assertSchema(part, seen ? seen(chunk) : chunk);
  return chunks.length;
}
