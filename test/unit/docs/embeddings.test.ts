import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EmbeddingFamily } from "../../../src/embeddings/family.ts";
import {
  COHERE_V3,
  COHERE_V4,
  family,
  MARENGO_2,
  MARENGO_3,
  NOVA,
  TITAN_IMAGE,
  TITAN_V1,
  TITAN_V2,
} from "../embeddings/samples.ts";

const page = readFileSync(new URL("../../../docs/embeddings.md", import.meta.url), "utf8");

/** The rows of the table of families, by the names that stand there. */
const ROWS = new Map(
  page
    .split("\n")
    .filter((line) => /^\| (Titan|Cohere|Nova|Marengo)/.test(line) && line.split("|").length === 7)
    .map((line) => line.split("|").slice(1, -1))
    .map(([name = "", ...cells]) => [name.trim(), cells.map((cell) => cell.trim())]),
);

const NAMES: [string, EmbeddingFamily][] = [
  ["Titan Text v1", family(TITAN_V1)],
  ["Titan Text v2", family(TITAN_V2)],
  ["Titan Multimodal", family(TITAN_IMAGE)],
  ["Cohere v3 (English, multilingual)", family(COHERE_V3)],
  ["Cohere v4", family(COHERE_V4)],
  ["Nova Multimodal", family(NOVA)],
  ["Marengo 2.7", family(MARENGO_2)],
  ["Marengo 3", family(MARENGO_3)],
];

describe("docs/embeddings.md", () => {
  it("has a row for every family", () => {
    expect([...ROWS.keys()]).toEqual(NAMES.map(([name]) => name));
  });

  it.each(NAMES)(
    "says of %s what is so",
    (name, { files = {}, readsS3, fuses, dimensions, batch, parameters }) => {
      const [inputs = "", sizes = "", size = "", own = ""] = ROWS.get(name)!;
      expect(inputs.match(/image|audio|video/g) ?? []).toEqual(Object.keys(files));
      for (const [, kind = "", formats = ""] of inputs.matchAll(/(image|audio|video) \(([^)]*)\)/g))
        expect(formats.split(", ")).toEqual(files[kind as keyof typeof files]);
      expect(inputs.includes("S3")).toBe(readsS3 === true);
      expect(/fused with (\w+)/.exec(inputs)?.[1]).toBe(fuses && { "one file": "text", all: "all" }[fuses]);
      expect(sizes).toBe(
        [...dimensions.entries()]
          .map(([at, each]) => (at === 0 && dimensions.length > 1 ? `**${each}**` : each))
          .join(", "),
      );
      expect(Number.parseInt(size, 10)).toBe(batch);
      expect(own.match(/\w+/g) ?? []).toEqual(parameters);
    },
  );
});
