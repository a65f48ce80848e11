import { describe, expect, it } from "vitest";
import { apiKeyOf } from "../../../src/http/api-key.ts";

describe("a caller's key", () => {
  it.each([
    { authorization: "Bearer sk-one" },
    { authorization: "bearer  sk-one " },
    { "api-key": "sk-one" },
    { "x-api-key": " sk-one " },
  ])("is the same in each client's header: %o", (headers) => {
    expect(apiKeyOf(new Headers(headers))).toBe("sk-one");
  });

  it.each([{}, { authorization: "Basic sk-one" }, { "x-api-key": " " }])("is none in %o", (headers) => {
    expect(apiKeyOf(new Headers(headers as Record<string, string>))).toBeUndefined();
  });
});
