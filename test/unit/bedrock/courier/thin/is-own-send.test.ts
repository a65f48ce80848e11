import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, describe, expect, it, vi } from "vitest";
import { isOwnSend } from "../../../../../src/bedrock/courier/thin/is-own-send.ts";

const { send } = Object.getPrototypeOf(BedrockRuntimeClient.prototype) as BedrockRuntimeClient;
const ownText = Function.prototype.toString;

afterEach(() => vi.restoreAllMocks());

describe("a send", () => {
  it("is the SDK's own", () => expect(isOwnSend(send)).toBe(true));

  it("is not, that stands in its place", () => expect(isOwnSend(async () => ({}))).toBe(false));

  it("is not, that says for itself what it stands for", () => {
    const wrapper = Object.assign(async () => ({}), { toString: () => ownText.call(send) });
    expect(isOwnSend(wrapper)).toBe(false);
  });

  it("is not, though all functions say what they stand for, as a tracer makes them", () => {
    const wrapper = Object.assign(async () => ({}), { __wrapped: send });
    vi.spyOn(Function.prototype, "toString").mockImplementation(function (this: { __wrapped?: () => void }) {
      return ownText.call(this.__wrapped ?? this);
    });
    expect(isOwnSend(wrapper)).toBe(false);
  });
});
