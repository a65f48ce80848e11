import { type AIMessage, AIMessageChunk, type BaseMessage, convertToChunk } from "@langchain/core/messages";
import {
  BaseTransformOutputParser,
  OutputParserException,
  parseJsonMarkdown,
} from "@langchain/core/output_parsers";
import type { Generation } from "@langchain/core/outputs";
import { canCheck, checked, type Schema } from "./schema.ts";

/** Why an answer is no whole object, by its finish reason. */
const CUT: Readonly<Record<string, string>> = {
  length: "The answer was cut at the limit of tokens (length limit).",
  content_filter: "The answer was withheld by a content filter.",
};

/**
 * Reads the object that a model was asked for: the arguments of a tool call, or JSON in the text. A stream of a JSON schema
 * yields the object as it grows; one of a schema that checks yields it once, when it is known to be right.
 * @throws OutputParserException for an answer that was cut, holds no such object, or one that the schema refuses.
 */
export class StructuredOutputReader<Output> extends BaseTransformOutputParser<Output> {
  lc_namespace = ["bedrock-openai", "langchain"];
  readonly #schema: Schema;
  readonly #tool: string | undefined;

  constructor(schema: Schema, tool?: string) {
    super();
    this.#schema = schema;
    this.#tool = tool;
  }

  static override lc_name(): string {
    return "StructuredOutputReader";
  }

  override async parseResult(generations: Generation[]): Promise<Output> {
    const [generation] = generations as (Generation & { message?: BaseMessage })[];
    return generation?.message ? this.read(generation.message) : this.parse(generation?.text ?? "");
  }

  async parse(text: string): Promise<Output> {
    return (await checked(this.#schema, whole(text), text)) as Output;
  }

  /** The object in an answer that is complete. */
  async read(message: BaseMessage): Promise<Output> {
    const cut = CUT[String(message.response_metadata["finish_reason"])];
    if (cut) throw new OutputParserException(cut, message.text);
    if (this.#tool === undefined) return this.parse(message.text);
    const { tool_calls = [], invalid_tool_calls = [] } = message as AIMessage;
    const call = tool_calls.find(({ name }) => name === this.#tool);
    if (call) return (await checked(this.#schema, call.args, JSON.stringify(call.args))) as Output;
    const invalid = invalid_tool_calls.find(({ name }) => name === this.#tool);
    throw new OutputParserException(
      invalid
        ? `The arguments of '${this.#tool}' are not a JSON object: ${invalid.args}`
        : `The model answered without calling '${this.#tool}': ${message.text}`,
      invalid?.args ?? message.text,
    );
  }

  override async *_transform(input: AsyncGenerator<string | BaseMessage>): AsyncGenerator<Output> {
    const grows = !canCheck(this.#schema);
    let answer: AIMessageChunk | undefined;
    let last = "";
    for await (const piece of input) {
      const chunk = toChunk(piece);
      answer = answer?.concat(chunk) ?? chunk;
      if (!grows) continue;
      const partial = this.#partial(answer);
      const text = JSON.stringify(partial);
      if (partial != null && text !== last) yield partial as Output;
      last = text;
    }
    if (answer === undefined) return;
    const read = await this.read(answer);
    if (JSON.stringify(read) !== last) yield read;
  }

  #partial(answer: AIMessageChunk): unknown {
    if (this.#tool !== undefined) return answer.tool_calls?.find(({ name }) => name === this.#tool)?.args;
    try {
      return parseJsonMarkdown(answer.text);
    } catch {
      // Not yet.
      return undefined;
    }
  }

  override getFormatInstructions(): string {
    return "";
  }
}

function toChunk(piece: string | BaseMessage): AIMessageChunk {
  if (typeof piece === "string") return new AIMessageChunk(piece);
  return AIMessageChunk.isInstance(piece) ? piece : (convertToChunk(piece) as AIMessageChunk);
}

function whole(text: string): unknown {
  try {
    return parseJsonMarkdown(text, JSON.parse);
  } catch {
    throw new OutputParserException(`The answer is not JSON: ${text}`, text);
  }
}
