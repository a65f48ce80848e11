import { ApplyGuardrailCommand, InvokeGuardrailChecksCommand } from "@aws-sdk/client-bedrock-runtime";
import type {
  ApplyGuardrailCommandInput,
  InvokeGuardrailChecksCommandInput,
} from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, it } from "vitest";
import { createShapeJudge, hasServiceModel } from "../../support/service-model.ts";
import { runtimeClient } from "./clients.ts";
import { apply, BLUE_PNG, CHECKS, GUARDRAIL, image, pathOf, post, text } from "./guardrail-calls.ts";
import { emulator, RED_PNG } from "./support.ts";
import type { Body } from "./support.ts";

describe("ApplyGuardrail refuses", () => {
  const one = (sentence: string) => `1 validation error detected: ${sentence}`;
  const blocks = (...content: Body[]): Body => ({ source: "INPUT", content });
  const manyImages = Array.from({ length: 21 }, () => image(BLUE_PNG));
  const largePng = Buffer.from(RED_PNG, "base64");
  largePng.writeUInt32BE(8001, 16);

  it.each<[string, Body, string]>([
    [
      "no source",
      { content: [text("a")] },
      one("Value at 'source' failed to satisfy constraint: Member must not be null"),
    ],
    [
      "another source",
      { source: "USER", content: [text("a")] },
      one(
        "Value 'USER' at 'source' failed to satisfy constraint: Member must satisfy enum value set: [INPUT, OUTPUT]",
      ),
    ],
    [
      "no content",
      { source: "INPUT" },
      one("Value at 'content' failed to satisfy constraint: Member must not be null"),
    ],
    ["empty content", blocks(), "The content to guard must not be empty."],
    [
      "another scope",
      { ...blocks(text("a")), outputScope: "ALL" },
      one(
        "Value 'ALL' at 'outputScope' failed to satisfy constraint: Member must satisfy enum value set: " +
          "[INTERVENTIONS, FULL]",
      ),
    ],
    [
      "a block that is both",
      blocks({ ...text("a"), ...image(RED_PNG) }),
      "GuardrailContentBlock object at content.0 must set one of the following keys: text, image.",
    ],
    [
      "an image of another format",
      blocks(text("a"), image(RED_PNG, "gif")),
      one(
        "Value 'gif' at 'content.2.member.image.format' failed to satisfy constraint: Member must satisfy enum value " +
          "set: [png, jpeg]",
      ),
    ],
    [
      "an image that is not of its format",
      blocks(text("a"), image(RED_PNG, "jpeg")),
      "The image at content.1 is not a valid jpeg image.",
    ],
    [
      "an image of no pixels",
      blocks(image("")),
      one(
        "Value at 'content.1.member.image.source.bytes' failed to satisfy constraint: Member must have length greater " +
          "than or equal to 1",
      ),
    ],
    ["more than twenty images", blocks(...manyImages), "Too many images: 21 > 20."],
    [
      "a large file",
      blocks(image(Buffer.alloc(4 * 1024 * 1024 + 1).toString("base64"))),
      "The image at content.0 exceeds the maximum size of 4194304 bytes.",
    ],
    [
      "a large image",
      blocks(image(largePng.toString("base64"))),
      "The image at content.0 exceeds the maximum dimensions of 8000x8000 pixels.",
    ],
  ])("%s", async (_, body, message) => {
    const { status, error, json } = await post(await emulator(), pathOf(GUARDRAIL), body);
    expect([status, error, json["message"]]).toEqual([400, "ValidationException", message]);
  });

  it("a version and an id out of pattern, by their names", async () => {
    const { json } = await post(await emulator(), pathOf("GR-1", "latest"), blocks(text("a")));
    expect(json["message"]).toMatch(
      /^2 validation errors detected: Value 'GR-1' at 'guardrailIdentifier' .*; Value 'latest' at 'guardrailVersion' /,
    );
  });

  it("a text that is no text", async () => {
    const { error, json } = await post(await emulator(), pathOf(GUARDRAIL), blocks({ text: "a" }));
    expect([error, json["message"]]).toEqual([
      "SerializationException",
      "STRING_VALUE can not be converted to a Structure",
    ]);
  });
});

const APPLY_INPUT: ApplyGuardrailCommandInput = {
  guardrailIdentifier: GUARDRAIL,
  guardrailVersion: "3",
  source: "INPUT",
  outputScope: "FULL",
  content: [
    {
      text: {
        text: "Kill me@example.com with investment advice, BLOCKED_BY_GUARDRAIL",
        qualifiers: ["query"],
      },
    },
    { image: { format: "png", source: { bytes: Buffer.from(RED_PNG, "base64") } } },
  ],
};
const CHECKS_INPUT: InvokeGuardrailChecksCommandInput = {
  messages: [{ role: "user", content: [{ text: "You idiot, call 0123 456 7890" }] }],
  checks: {
    contentFilter: { categories: [{ category: "INSULTS" }] },
    promptAttack: { categories: [{ category: "JAILBREAK" }] },
    sensitiveInformation: { entities: [{ type: "PHONE" }] },
  },
};

describe("AWS's own client", () => {
  it("reads every member of ApplyGuardrail's answer", async () => {
    const bedrock = await emulator();
    const { $metadata, ...applied } = await runtimeClient(bedrock).send(
      new ApplyGuardrailCommand(APPLY_INPUT),
    );
    const { status, json } = await post(bedrock, pathOf(GUARDRAIL, "3"), bedrock.requests[0]!.body);
    expect([$metadata.httpStatusCode, status]).toEqual([200, 200]);
    expect(applied).toEqual(json);
    expect(bedrock.requests[0]).toMatchObject({ operation: "ApplyGuardrail", modelId: GUARDRAIL });
  });

  it("reads every member of InvokeGuardrailChecks' answer", async () => {
    const bedrock = await emulator();
    const { $metadata, ...checked } = await runtimeClient(bedrock).send(
      new InvokeGuardrailChecksCommand(CHECKS_INPUT),
    );
    const { json } = await post(bedrock, CHECKS, bedrock.requests[0]!.body);
    expect($metadata.httpStatusCode).toBe(200);
    expect(checked).toEqual(json);
    expect(checked.results?.sensitiveInformation?.results).toHaveLength(1);
  });

  it("raises what AWS refuses", async () => {
    const missing = new ApplyGuardrailCommand({ ...APPLY_INPUT, guardrailIdentifier: "missing1" });
    await expect(runtimeClient(await emulator()).send(missing)).rejects.toMatchObject({
      name: "ValidationException",
      $metadata: { httpStatusCode: 400 },
    });
    const elsewhere = runtimeClient(await emulator({ region: "eu-central-1" }));
    await expect(elsewhere.send(new InvokeGuardrailChecksCommand(CHECKS_INPUT))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
  });
});

describe.skipIf(!hasServiceModel())("judged by AWS's service model", () => {
  // skipped where the service model is not beside the project
  it.each(["FULL", "INTERVENTIONS"] as const)("an answer of ApplyGuardrail is whole: %s", async (scope) => {
    const judge = createShapeJudge("ApplyGuardrailResponse");
    for (const said of ["nice", "kill", "me@example.com", "investment advice BLOCKED_BY_GUARDRAIL"]) {
      expect(judge(await apply([text(said), image(RED_PNG)], { scope }))).toEqual([]);
    }
  });

  it("an answer of InvokeGuardrailChecks is whole", async () => {
    const { json } = await post(await emulator(), CHECKS, CHECKS_INPUT);
    expect(createShapeJudge("InvokeGuardrailChecksResponse")(json)).toEqual([]);
  });
});

describe("a script", () => {
  const body = { source: "INPUT", content: [text("kill")] };

  it("says what guardrails answer and how they fail, once the request is right", async () => {
    const bedrock = await emulator();
    bedrock.enqueue(
      { response: { action: "NONE" } },
      { error: { name: "ThrottlingException", message: "slow down" } },
      { response: { results: {}, usage: {} } },
      { fault: { kind: "truncate", afterEvents: 0 } },
    );
    expect((await post(bedrock, pathOf(GUARDRAIL), {})).status).toBe(400);
    expect((await post(bedrock, CHECKS, {})).status).toBe(400);
    expect((await post(bedrock, pathOf(GUARDRAIL), body)).json).toEqual({ action: "NONE" });
    expect((await post(bedrock, pathOf(GUARDRAIL), body)).status).toBe(429);
    expect((await post(bedrock, CHECKS, CHECKS_INPUT)).json).toEqual({ results: {}, usage: {} });
    await expect(post(bedrock, CHECKS, CHECKS_INPUT)).rejects.toThrow(SyntaxError);
  });

  it("refuses operations by their names", async () => {
    const bedrock = await emulator();
    bedrock.refuse("InvokeGuardrailChecks", { name: "AccessDeniedException", message: "not you" });
    bedrock.refuse("ApplyGuardrail", { name: "ResourceNotFoundException", message: "gone" });
    expect(await post(bedrock, CHECKS, CHECKS_INPUT)).toMatchObject({
      status: 403,
      json: { message: "not you" },
    });
    expect(await post(bedrock, pathOf(GUARDRAIL), body)).toMatchObject({
      status: 404,
      json: { message: "gone" },
    });
    expect((await post(bedrock, CHECKS, CHECKS_INPUT)).status).toBe(200);
  });
});
