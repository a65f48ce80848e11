import { expect, it } from "vitest";
import type { Case } from "./conversations.ts";
import { emulator, verdict } from "./support.ts";

/** One test a row: the verdict begins as the row says. */
export const judge = (cases: Case[]) =>
  it.each(cases)("%s", async (_, body, expected, ...target) => {
    const said = await verdict(await emulator(), body, ...target);
    expect(said.slice(0, expected.length)).toBe(expected);
  });

/** How refusals begin that the model, and not Converse, has made. */
export const byModel = "400 The model returned the following errors: ";
export const unsupported = (path: string) =>
  `400 This model doesn't support the ${path} field. Remove ${path} and try again.`;
export const extraneous = (key: string) =>
  `400 Malformed input request: #: extraneous key [${key}] is not permitted`;
