import { Embeddings } from "@langchain/core/embeddings";
import { chunkArray } from "@langchain/core/utils/chunk_array";
import { BedrockOpenAIError, type BedrockOpenAIHandler, embed } from "../../src/index.ts";
import type { BedrockOpenAIEmbeddingsFields } from "./fields.ts";
import { handlerOf } from "./handler.ts";
import { run, signalOf } from "./run.ts";

/** The fields of this class beside LangChain's and the handler's. */
const OWN = [
  "model",
  "dimensions",
  "batchSize",
  "stripNewLines",
  "inputType",
  "documentInputType",
  "queryInputType",
  "modelKwargs",
];

/** The most inputs of one embeddings request. */
const MOST = 2048;

/**
 * LangChain embeddings on every embedding model of Amazon Bedrock, inside this process:
 * `new BedrockOpenAIEmbeddings({ model: 'cohere.embed-v4:0', region: 'us-east-1' })`.
 * Documents and queries are told apart for models that embed them differently. Fails with BedrockOpenAIError.
 */
export class BedrockOpenAIEmbeddings extends Embeddings<number[]> {
  readonly model: string;
  readonly dimensions: number | undefined;
  readonly batchSize: number;
  readonly stripNewLines: boolean;
  /** `undefined` means `search_document`, for models that tell purposes apart. */
  readonly documentInputType: string | undefined;
  /** `undefined` means `search_query`. */
  readonly queryInputType: string | undefined;
  readonly modelKwargs: Record<string, unknown>;
  readonly timeout: number | undefined;
  /** Where the calls go; give it to others that are to share its connections. */
  readonly handler: BedrockOpenAIHandler;
  #tellsQueries = true;

  /** @throws TypeError without a model, and for options that make no sense. */
  constructor(fields: BedrockOpenAIEmbeddingsFields) {
    super({ ...fields, maxRetries: 0 });
    if (!fields?.model) throw new TypeError("BedrockOpenAIEmbeddings: 'model' is missing.");
    this.model = fields.model;
    this.dimensions = fields.dimensions;
    this.batchSize = fields.batchSize ?? MOST;
    if (!Number.isInteger(this.batchSize) || this.batchSize < 1 || this.batchSize > MOST)
      throw new TypeError(`BedrockOpenAIEmbeddings: 'batchSize' must be a whole number from 1 to ${MOST}.`);
    this.stripNewLines = fields.stripNewLines ?? false;
    this.documentInputType = fields.documentInputType ?? fields.inputType;
    this.queryInputType = fields.queryInputType ?? fields.inputType;
    this.modelKwargs = fields.modelKwargs ?? {};
    this.timeout = fields.timeout;
    this.handler = handlerOf(fields, OWN);
  }

  /** One vector for each text, in their order. The first batch that fails is the answer, and stops the others. */
  async embedDocuments(texts: string[]): Promise<number[][]> {
    const batches = chunkArray(texts, this.batchSize);
    const others = new AbortController();
    try {
      const vectors = await Promise.all(
        batches.map((batch) => this.#embed(batch, this.documentInputType, others.signal)),
      );
      return vectors.flat();
    } catch (thrown) {
      others.abort(thrown);
      throw thrown;
    }
  }

  /** The vector of a question, to be compared with those of documents. */
  async embedQuery(text: string): Promise<number[]> {
    const [vector] = await (this.queryInputType === undefined
      ? this.#embedAsked(text)
      : this.#embed([text], this.queryInputType));
    return vector!;
  }

  /** A strict handler refuses what nobody asked for but us, before anything is sent; the model then embeds both alike. */
  async #embedAsked(text: string): Promise<number[][]> {
    try {
      return await this.#embed([text], this.#tellsQueries ? "search_query" : undefined);
    } catch (thrown) {
      const isOurs = BedrockOpenAIError.isInstance(thrown) && thrown.code === "unsupported_parameter";
      if (!isOurs || thrown.param !== "input_type" || !this.#tellsQueries) throw thrown;
      this.#tellsQueries = false;
      return this.#embed([text], undefined);
    }
  }

  async #embed(
    texts: readonly string[],
    input_type: string | undefined,
    signal?: AbortSignal,
  ): Promise<number[][]> {
    const request = {
      model: this.model,
      input: this.stripNewLines ? texts.map((text) => text.replaceAll("\n", " ")) : [...texts],
      ...(input_type !== undefined && { input_type }),
      ...(this.dimensions !== undefined && { dimensions: this.dimensions }),
      ...this.modelKwargs,
    };
    const { value } = await run(
      this.caller,
      (bounds) => embed(request, this.handler, bounds),
      signalOf(signal, this.timeout),
    );
    return value.vectors;
  }
}
