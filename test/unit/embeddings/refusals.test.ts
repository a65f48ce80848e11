import { describe, expect, it } from "vitest";
import type { Given } from "../../../src/embeddings/given.ts";
import { refuseAmplified } from "../../../src/embeddings/refuse-amplified.ts";
import { refuseForeign } from "../../../src/embeddings/refuse-foreign.ts";
import {
  ALL,
  COHERE_V3,
  COHERE_V4,
  family,
  image,
  input,
  MARENGO_2,
  MARENGO_3,
  NOVA,
  thrownBy,
  times,
  TITAN_IMAGE,
  TITAN_V1,
  TITAN_V2,
} from "./samples.ts";

const piece = (kind: Given["kind"], data = "x"): Given => ({ kind, data, at: `input.${kind}` });
const refuse = (model: string, ...given: Given[]): void =>
  refuseForeign([{ given, at: "input" }], family(model));
const refused = (param: string, message: string) => ({
  status: 400,
  code: "unsupported_value",
  param,
  message: expect.stringContaining(message),
});

describe("what a model does not embed", () => {
  const IMAGES = [TITAN_IMAGE, COHERE_V3, COHERE_V4, NOVA, MARENGO_2, MARENGO_3];

  it.each(ALL)("is told apart from what it does: %s", (model) => {
    const takes = { text: true, image: IMAGES.includes(model), audio: model === NOVA, video: model === NOVA };
    for (const [kind, isTaken] of Object.entries(takes) as [Given["kind"], boolean][]) {
      const run = (): void => refuse(model, piece(kind));
      if (isTaken) expect(run).not.toThrow();
      else expect(thrownBy(run)).toMatchObject(refused(`input.${kind}`, "this model embeds text"));
    }
  });

  it.each([TITAN_IMAGE, COHERE_V3, COHERE_V4])("is a file in S3 for %s", (model) => {
    expect(thrownBy(() => refuse(model, piece("image", "s3://a/b.png")))).toMatchObject(
      refused("input.image", "S3"),
    );
  });

  it.each([NOVA, MARENGO_2, MARENGO_3])("is none for %s", (model) => {
    expect(() => refuse(model, piece("image", "s3://a/b.png"))).not.toThrow();
  });

  it.each([TITAN_V1, TITAN_V2, COHERE_V3, NOVA, MARENGO_2])(
    "is several pieces at once for %s, none of which may be lost",
    (model) => {
      expect(thrownBy(() => refuse(model, piece("text"), piece("text")))).toMatchObject(
        refused("input", "one piece only"),
      );
    },
  );

  it.each([TITAN_IMAGE, MARENGO_3])("is a second image for %s", (model) => {
    expect(() => refuse(model, piece("text"), piece("image"), piece("text"))).not.toThrow();
    expect(thrownBy(() => refuse(model, piece("image"), piece("image")))).toMatchObject(
      refused("input", "texts and one image only"),
    );
  });

  it("is nothing of text and images for Cohere 4", () => {
    expect(() => refuse(COHERE_V4, piece("image"), piece("text"), piece("image"))).not.toThrow();
  });
});

describe("a request that would be sent many times over", () => {
  const sizeOf = (base64: string): number => base64.length;
  const check = (batches: ReturnType<typeof input>[][], own: object = {}): void =>
    refuseAmplified(batches, { ...own }, { sizeOf, maxBodyBytes: 1_000 });
  const tooMuch = { status: 400, code: "array_above_max_length", param: "input" };

  it("is refused for a file that it names again and again", () => {
    const file = input(image("A".repeat(500)));
    expect(() => check(times(15, [file]))).not.toThrow();
    expect(thrownBy(() => check(times(17, [file])))).toMatchObject(tooMuch);
    expect(thrownBy(() => check([times(17, file)]))).toMatchObject(tooMuch);
  });

  it("is refused for parameters that every call would carry", () => {
    const own = { x: "x".repeat(92) };
    expect(() => check(times(9, [input("a")]), own)).not.toThrow();
    expect(thrownBy(() => check(times(12, [input("a")]), own))).toMatchObject(tooMuch);
  });

  it("is never one that holds what it sends", () => {
    expect(() => check([[input("日".repeat(1_000))]])).not.toThrow();
  });
});
