import { expect, it } from "vitest";
import { createNumbering } from "../../../../src/bedrock/clients/numbering.ts";

it("the same parts have the same number, and nothing else has", () => {
  const numberOf = createNumbering();
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const lists = [
    [credentials, undefined],
    [undefined, credentials],
    [{ ...credentials }, undefined],
    ["a", "b"],
    ["a", undefined],
    ["a"],
    [],
  ];
  expect(lists.map(numberOf)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(lists.map((parts) => numberOf([...parts]))).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
