import type { OperationCall } from "../bedrock/operations.ts";
import type { CallContext } from "../context.ts";
import { BedrockOpenAIError } from "../errors.ts";
import { operateAll } from "../flow/calls.ts";
import { reworded } from "../flow/reworded.ts";
import { incomplete, readPage, type Score } from "./read-answer.ts";

/** Where the body does not tell it. Source: AWS's responses; the service model does not name it. */
const TOKEN_COUNT = "x-amzn-bedrock-input-token-count";

export interface Ranked {
  scores: readonly Score[];
  /** Of the query and all documents, where Bedrock tells. */
  tokens: number | undefined;
}

/**
 * Asks AWS, page after page, until as many are told of as are wanted.
 * @throws BedrockOpenAIError 502 for a page that brings nothing new: every page is the whole request once more.
 */
export async function rank(context: CallContext, call: OperationCall, wanted: number): Promise<Ranked> {
  const model = call.place.modelId;
  const scores = new Map<number, Score>();
  let body = call.body;
  for (;;) {
    const [answer] = await operateAll(context, [{ ...call, body }], (answer) => answer).catch(
      (thrown: unknown) => {
        throw inOwnWords(thrown, call);
      },
    );
    const { scores: more, nextToken } = readPage(answer!, model);
    const before = scores.size;
    for (const score of more) scores.set(score.index, score);
    if (scores.size - before !== more.length) throw incomplete(model);
    const tokens = countOf(answer!.headers[TOKEN_COUNT]);
    if (scores.size >= wanted || nextToken === undefined) return { scores: [...scores.values()], tokens };
    if (more.length === 0) throw incomplete(model);
    body = { ...call.body, nextToken };
  }
}

const countOf = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined;

/** AWS's refusals are told in the words of chat. */
function inOwnWords(thrown: unknown, { place: { modelId }, to }: OperationCall): unknown {
  if (!BedrockOpenAIError.isInstance(thrown)) return thrown;
  if (thrown.code === "context_length_exceeded") return reworded(thrown, { param: "documents" });
  if (thrown.code !== "model_not_available") return thrown;
  const allow = to
    ? `Allow bedrock:Rerank, and bedrock:InvokeModel on it (which alone will do for 'invoke/${modelId}')`
    : "Allow bedrock:InvokeModel on it";
  return reworded(thrown, {
    message:
      `This AWS identity may not rank with '${modelId}'. ${allow}, and check that the account has access to the model ` +
      "in this Region.",
  });
}
