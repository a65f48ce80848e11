import { describe, expect, it } from "vitest";
import { isMissing } from "../../src/optional-package.ts";

const thrown = (code: string, message: string): Error => Object.assign(new Error(message), { code });

describe("a package that is missing", () => {
  it.each([
    ["Node's import", "ERR_MODULE_NOT_FOUND", "Cannot find package 'sharp' imported from /app/x.js"],
    ["Node's require", "MODULE_NOT_FOUND", "Cannot find module 'sharp'\nRequire stack:\n- /app/x.js"],
    ["a bundle, by a path in it", "MODULE_NOT_FOUND", "Cannot find module 'sharp/encoding/x'"],
  ])("is told apart as %s says it", (_, code, message) => {
    expect(isMissing(thrown(code, message), "sharp")).toBe(true);
  });

  it.each([
    ["one that it needs", "Cannot find package 'libc' imported from /app/node_modules/sharp/index.js"],
    ["a file of its own", "Cannot find module '/app/node_modules/sharp/lost.js' imported from /app/x.js"],
    ["another one that is called nearly so", "Cannot find package 'sharp-edges' imported from /app/x.js"],
    [
      "one that we need, who are called nearly so",
      "Cannot find module 'a'\nRequire stack:\n- /my-sharp/x.js",
    ],
  ])("is not %s", (_, message) => {
    expect(isMissing(thrown("MODULE_NOT_FOUND", message), "sharp")).toBe(false);
  });

  it.each([undefined, null, "sharp", new Error("Cannot find package 'sharp'")])("is not %s", (other) => {
    expect(isMissing(other, "sharp")).toBe(false);
  });
});
