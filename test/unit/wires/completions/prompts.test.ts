import { expect, it } from "vitest";
import { promptTexts } from "../../../../src/wires/completions/prompts.ts";

const options = { maxChars: 1_000 };

it("a prompt is one text or several, each with its place, whatever it is written in", async () => {
  expect(await promptTexts("a", options)).toEqual([{ text: "a", at: "prompt" }]);
  expect(await promptTexts(["a", "b"], options)).toEqual([
    { text: "a", at: "prompt[0]" },
    { text: "b", at: "prompt[1]" },
  ]);
  expect(await promptTexts([9906, 1917], options)).toEqual([{ text: "Hello world", at: "prompt" }]);
  expect(await promptTexts([[9906], [1917]], options)).toEqual([
    { text: "Hello", at: "prompt[0]" },
    { text: " world", at: "prompt[1]" },
  ]);
});

it.each<[string | string[] | number[], string]>([
  ["", "prompt"],
  [" \n", "prompt"],
  [["a", ""], "prompt[1]"],
  // A space, as a token.
  [[220], "prompt"],
])("a prompt with nothing to continue never reaches AWS: %j", async (prompt, param) => {
  await expect(promptTexts(prompt, options)).rejects.toMatchObject({ status: 400, param });
});

it("a text is sent as it stands: its ends are the caller's", async () => {
  expect(await promptTexts("  def f():\n", options)).toEqual([{ text: "  def f():\n", at: "prompt" }]);
});
