import type OpenAI7 from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE, eventually, type House, openHouse } from "../../support/bedrock.ts";
import { callerLeft, drained, INVALID, SLOW, THROTTLED } from "../../support/clients.ts";
import { breakingOff, GPT, MODELS, type Reach, REACHES } from "../../support/response-clients.ts";
import { CLIENTS } from "../../support/response-openai.ts";

describe.each(CLIENTS)("$client $reach", ({ reach, OpenAI }) => {
  let house: House;
  let reached: Reach;
  let client: OpenAI7;
  beforeEach(async () => {
    house = await openHouse();
    reached = await REACHES[reach]!(house.handler);
    client = new OpenAI({ ...reached, maxRetries: 0 });
  });
  afterEach(async () => {
    await reached.close();
    await house.bedrock.close();
    expect(await reached.settled()).toBeGreaterThanOrEqual(0);
  });

  describe("a failure", () => {
    it.each([CLAUDE, GPT])("of AWS's is the client's own error, whole and streamed (%s)", async (model) => {
      const { RateLimitError, BadRequestError, InternalServerError, PermissionDeniedError } = OpenAI;
      for (const [name, kind, status] of [
        ["ThrottlingException", RateLimitError, 429],
        ["ServiceUnavailableException", InternalServerError, 503],
        ["ValidationException", BadRequestError, 400],
        ["AccessDeniedException", PermissionDeniedError, 403],
      ] as const) {
        const reply = { error: { name, message: "AWS says no." } };
        house.bedrock.enqueue(reply, reply);
        for (const stream of [false, true]) {
          const failing = client.responses.create({ model, input: "x", stream });
          await expect(failing).rejects.toBeInstanceOf(kind);
          await expect(failing).rejects.toMatchObject({
            status,
            requestID: expect.stringMatching(/^req_/) as unknown,
          });
        }
      }
    });

    it("of the caller's says which parameter it is, and costs nothing", async () => {
      const { responses } = client;
      const ask = (body: object) => responses.create({ model: CLAUDE, input: "x", ...body });
      const output = { type: "function_call_output", call_id: "call_of_nobody", output: "42" };
      for (const [body, failure] of [
        [
          { previous_response_id: "resp_none" },
          { code: "previous_response_not_found", param: "previous_response_id" },
        ],
        [{ input: [output] }, { message: expect.stringContaining("call_of_nobody") as unknown }],
        [{ input: [{ type: "item_reference", id: "msg_none" }] }, { param: "input" }],
        [{ previous_response_id: "resp_a", conversation: "conv_b" }, {}],
        [{ max_output_tokens: 0 }, { param: "max_output_tokens" }],
        [{ input: undefined, prompt: { id: "pmpt_1" } }, { param: "prompt" }],
        [{ background: true, store: false }, { param: "background" }],
      ] as const) {
        await expect(ask(body)).rejects.toMatchObject(failure);
        await expect(ask(body)).rejects.toSatisfy(
          (thrown) => thrown instanceof OpenAI.BadRequestError || thrown instanceof OpenAI.NotFoundError,
        );
      }
      await expect(responses.retrieve("resp_none")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
      await expect(responses.delete("resp_none")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
      expect(house.bedrock.requests).toEqual([]);
    });

    it.each(MODELS)(
      "in the middle is an error for everyone who reads, loop and helper (%s)",
      async (model) => {
        house.bedrock.enqueue(breakingOff(model), breakingOff(model));
        const failure = { constructor: OpenAI.APIError, code: "stream_interrupted" };
        const stream = await client.responses.create({ model, input: "x", stream: true });
        await expect(drained(stream)).rejects.toMatchObject(failure);
        const helper = client.responses.stream({ model, input: "x" });
        await expect(helper.finalResponse()).rejects.toMatchObject({ code: "stream_interrupted" });
      },
    );

    it("for a moment is tried again by the client alone", async () => {
      const patient = new OpenAI({ ...reached, maxRetries: 1 });
      house.bedrock.enqueue(
        { error: { name: "ModelTimeoutException", message: "late" } },
        THROTTLED,
        INVALID,
      );
      await expect(patient.responses.create({ model: CLAUDE, input: "x" })).rejects.toMatchObject({
        status: 429,
      });
      expect(house.bedrock.requests).toHaveLength(2);
      await expect(patient.responses.create({ model: CLAUDE, input: "x" })).rejects.toMatchObject({
        status: 400,
      });
      expect(house.bedrock.requests).toHaveLength(3);
    });
  });

  it.each(MODELS)("stops the model when its caller aborts (%s)", async (model) => {
    house.bedrock.enqueue(SLOW, SLOW, SLOW);
    const controller = new AbortController();
    const { signal } = controller;
    const stream = await client.responses.create({ model, input: "x", stream: true }, { signal });
    await stream[Symbol.asyncIterator]().next();
    controller.abort();
    await callerLeft(house);

    const helper = client.responses.stream({ model, input: "x" });
    await helper.emitted("response.output_text.delta");
    helper.abort();
    await expect(helper.done()).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    await callerLeft(house);

    for await (const event of await client.responses.create({ model, input: "x", stream: true }))
      if (event.type === "response.output_text.delta") break;
    await callerLeft(house);
    await eventually(() => house.bedrock.openRequests === 0);
  });
});
