import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { converseRequest, converseStreamRequest } from "../../../src/testing/shapes/converse-request.ts";
import type { Shape } from "../../../src/testing/shapes/shape.ts";

/** A shape as the service model writes it. */
interface ModelShape {
  type: string;
  required?: string[];
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
  enum?: string[];
  pattern?: string;
  min?: number;
  max?: number;
  union?: boolean;
  document?: boolean;
}

const MODEL = join(process.cwd(), "../shared/data/bedrock-runtime.service.json");

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

describe.skipIf(!existsSync(MODEL))("judged by AWS's service model", () => {
  it.each([
    ["ConverseRequest", converseRequest],
    ["ConverseStreamRequest", converseStreamRequest],
  ])("the table of %s is the model's, down to every pattern and bound", (name, table) => {
    const { shapes } = JSON.parse(readFileSync(MODEL, "utf8")) as { shapes: Record<string, ModelShape> };
    expect(outlineOfTable(table)).toEqual(outlineOfModel(shapes, name));
  });
});
