import { expect, it } from "vitest";
import { unknownModel } from "../../../src/models/unknown-model.ts";

it("says in OpenAI's words that there is no such model, and what may have been meant", () => {
  const error = unknownModel("nova-por", ["us.amazon.nova-pro-v1:0", "meta.llama3-8b-instruct-v1:0"]);
  expect({ status: error.status, ...error.toBody().error }).toEqual({
    status: 404,
    message: "The model 'nova-por' does not exist. Did you mean 'us.amazon.nova-pro-v1:0'?",
    type: "invalid_request_error",
    param: "model",
    code: "model_not_found",
  });
});

it("does not send a hostile name back at length", () => {
  expect(unknownModel("x".repeat(100_000), []).message.length).toBeLessThan(200);
});
