import type { Traits } from "../conversation/traits.ts";
import type {
  ContentBlock,
  Conversation,
  ConverseStreamEvent,
  JsonObject,
  StopReason,
  Usage,
} from "../conversation/types.ts";

/** The native body of one chat family. It makes a model that is not called through Converse look as if it were. */
export interface Dialect {
  /** As options and explanations name it. */
  readonly name: string;
  /**
   * What the body has no words for. These go over the traits of the model, so that the fitting leaves nothing in a
   * conversation that the body cannot say, and says so itself.
   */
  readonly traits: Partial<Traits>;
  /**
   * A fitted conversation in the family's own words. Text documents come as `source.text`. What Bedrock takes in headers
   * (guardrail, service tier, latency, request metadata) is not the body's affair.
   * @throws BedrockOpenAIError 400 for what no trait tells and the body cannot say.
   */
  toBody(conversation: Conversation, stream: boolean): JsonObject;
  /**
   * A whole answer; undefined for JSON that is not one.
   * @param continues The conversation ended with the model's own words, which the answer goes on with.
   */
  toAnswer(body: JsonObject, continues?: boolean): DialectAnswer | undefined;
  /**
   * Reads one stream: each native chunk becomes events, without blocks that are left open at the end. `metadata` may come
   * as often as the chunks count something.
   * @throws An error with AWS's name for it, where a chunk reports a failure.
   */
  createReader(continues?: boolean): (chunk: JsonObject) => ConverseStreamEvent[];
}

export interface DialectAnswer {
  content: ContentBlock[];
  stopReason: StopReason;
  /** As far as the body counts; Bedrock's headers tell the rest. */
  usage?: Partial<Usage>;
}
