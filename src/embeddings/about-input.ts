import { BedrockOpenAIError } from "../errors.ts";
import { reworded } from "../flow/reworded.ts";

/** AWS's refusal of what is too long is told in the words of chat. */
export const aboutInput = (thrown: unknown): unknown =>
  BedrockOpenAIError.isInstance(thrown) && thrown.code === "context_length_exceeded"
    ? reworded(thrown, { param: "input" })
    : thrown;
