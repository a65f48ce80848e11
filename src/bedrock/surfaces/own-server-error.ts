import { BedrockOpenAIError } from "../../errors.ts";
import { fromAwsError } from "../errors/errors.ts";

const SAID = /^Bedrock refused the request for/;

/** What a server of the operator's own answered or failed to answer, without blaming AWS for it. */
export function fromOwnServer(thrown: unknown, model: string): BedrockOpenAIError {
  if (BedrockOpenAIError.isInstance(thrown)) return thrown;
  const { status, type, code, param, headers, cause, message } = fromAwsError(thrown, model);
  const isGarbled = String((thrown as { code?: unknown } | null)?.code).startsWith("HPE_");
  const init = { type, code, param, headers, cause };
  // A refusal of its own address or of the operator's key is nothing that a caller can mend.
  if ([401, 403, 404].includes(status) || code === "bedrock_unreachable" || isGarbled)
    return new BedrockOpenAIError(502, `The server of '${model}' could not be reached or refused the call.`, {
      ...init,
      type: "server_error",
      code: "server_unreachable",
      param: null,
    });
  return new BedrockOpenAIError(status, message.replace(SAID, "The server refused the request for"), init);
}
