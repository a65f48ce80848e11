import { describe, expect, it } from "vitest";
import { stillOwn } from "../../../src/bedrock/still-own.ts";

describe("a function is Node's own", () => {
  const own = function request(): string {
    return "as Node writes it";
  };
  const other = function request(): string {
    return own();
  };

  it("when it looks so, and as long as it stays the same", () => {
    let now: unknown = own;
    const isOwn = stillOwn(() => now, "as Node writes it");
    expect(isOwn()).toBe(true);
    now = other;
    expect(isOwn()).toBe(false);
    now = own;
    expect(isOwn()).toBe(true);
  });

  it("not when somebody stood in its place before the first look, until he leaves", () => {
    let now: unknown = other;
    const isOwn = stillOwn(() => now, "as Node writes it");
    expect(isOwn()).toBe(false);
    now = own;
    expect(isOwn()).toBe(true);
  });

  it("not when another one looks like it by then: the first that was seen counts", () => {
    let now: unknown = own;
    const isOwn = stillOwn(() => now, "as Node writes it");
    expect(isOwn()).toBe(true);
    now = function request(): string {
      return "as Node writes it";
    };
    expect(isOwn()).toBe(false);
  });

  it("not when there is none", () => {
    expect(stillOwn(() => undefined, "as Node writes it")()).toBe(false);
  });
});
