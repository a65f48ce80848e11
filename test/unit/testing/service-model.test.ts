import { describe, expect, it } from "vitest";
import { applyGuardrailRequest } from "../../../src/testing/shapes/apply-guardrail-request.ts";
import { converseRequest, converseStreamRequest } from "../../../src/testing/shapes/converse-request.ts";
import { countTokensRequest } from "../../../src/testing/shapes/count-tokens-request.ts";
import { guardrailChecksRequest } from "../../../src/testing/shapes/guardrail-checks-request.ts";
import { invokeModelRequest } from "../../../src/testing/shapes/invoke-model-request.ts";
import { rerankRequest } from "../../../src/testing/shapes/rerank-request.ts";
import type { Shape } from "../../../src/testing/shapes/shape.ts";
import { hasServiceModel, type ModelShape, readServiceModel } from "../../support/service-model.ts";

/** Both sides in one notation, so that they can be compared whole. */
interface Outline {
  kind: string;
  required?: string[];
  enum?: string[];
  pattern?: string;
  min?: number;
  max?: number;
  members?: Record<string, Outline>;
  member?: Outline;
  key?: Outline;
  value?: Outline;
}

function outlineOfModel(shapes: Record<string, ModelShape>, name: string): Outline {
  const shape = shapes[name];
  if (!shape) throw new Error(`no shape ${name}`);
  const at = (ref: { shape: string } | undefined) => (ref ? outlineOfModel(shapes, ref.shape) : undefined);
  const kind = shape.document ? "document" : shape.union ? "union" : shape.type;
  const members = Object.entries(shape.members ?? {}).map(([key, ref]) => [
    key,
    outlineOfModel(shapes, ref.shape),
  ]);
  return tidy({
    ...shape,
    kind,
    members: kind === "structure" || kind === "union" ? Object.fromEntries(members) : undefined,
    required: kind === "structure" ? (shape.required ?? []).toSorted() : undefined,
    member: at(shape.member),
    key: at(shape.key),
    value: at(shape.value),
  });
}

function outlineOfTable(shape: Shape): Outline {
  const members =
    "members" in shape
      ? Object.entries(shape.members).map(([key, member]) => [key, outlineOfTable(member)])
      : [];
  return tidy({
    ...shape,
    members: "members" in shape ? Object.fromEntries(members) : undefined,
    required: "required" in shape ? shape.required.toSorted() : undefined,
    member: shape.kind === "list" ? outlineOfTable(shape.member) : undefined,
    key: shape.kind === "map" ? outlineOfTable(shape.key) : undefined,
    value: shape.kind === "map" ? outlineOfTable(shape.value) : undefined,
  });
}

function tidy(outline: Record<string, unknown>): Outline {
  const kept = ["kind", "required", "enum", "pattern", "min", "max", "members", "member", "key", "value"];
  return Object.fromEntries(
    kept.flatMap((key) => (outline[key] === undefined ? [] : [[key, outline[key]]])),
  ) as unknown as Outline;
}

describe("the table of the request's shape", () => {
  it("differs between the operations in the guardrail's stream mode alone", () => {
    const guardrail = (shape: Shape) => outlineOfTable(shape).members?.["guardrailConfig"]?.members ?? {};
    const { streamProcessingMode, ...rest } = guardrail(converseStreamRequest);
    expect(streamProcessingMode).toEqual({ kind: "string", enum: ["sync", "async"] });
    expect(rest).toEqual(guardrail(converseRequest));
  });
});

describe.skipIf(!hasServiceModel())("judged by AWS's service model", () => {
  // skipped where the service model is not beside the project
  it.each([
    ["ConverseRequest", converseRequest],
    ["ConverseStreamRequest", converseStreamRequest],
    ["CountTokensRequest", countTokensRequest],
    ["ApplyGuardrailRequest", applyGuardrailRequest],
    ["InvokeGuardrailChecksRequest", guardrailChecksRequest],
  ])("the table of %s is the model's, down to every pattern and bound", (name, table) => {
    const shapes = readServiceModel();
    expect(outlineOfTable(table)).toEqual(outlineOfModel(shapes, name));
  });

  it("what InvokeModel is told in headers is the model's, down to every pattern and bound", () => {
    const shapes = readServiceModel();
    const { members = {}, ...outline } = outlineOfModel(shapes, "InvokeModelRequest");
    const { body: _, contentType: __, accept: ___, ...headers } = members;
    expect(outlineOfTable(invokeModelRequest)).toEqual({ ...outline, members: headers });
  });
});

describe.skipIf(!hasServiceModel("bedrock-agent-runtime"))(
  "judged by the agent runtime's service model",
  () => {
    // skipped where the service model is not beside the project
    it("the table of RerankRequest is the model's, down to every pattern and bound", () => {
      const shapes = readServiceModel("bedrock-agent-runtime");
      expect(outlineOfTable(rerankRequest)).toEqual(outlineOfModel(shapes, "RerankRequest"));
    });
  },
);
