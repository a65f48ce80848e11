import { expect, it, vi } from "vitest";
import { carry } from "../../../../src/bedrock/courier/carry.ts";
import type { LeanLender } from "../../../../src/bedrock/courier/thin/lender.ts";

it("a caller who leaves does not have the SDK's client loaded", async () => {
  const leaving = new AbortController();
  const scheme = { schemeId: "aws.auth#sigv4", identityProvider: () => async () => ({}) };
  const signer = { sign: async (request: object) => request };
  const lender = {
    config: {
      httpAuthSchemes: [{ ...scheme, signer }],
      maxAttempts: async () => 1,
      requestHandler: {
        handle: () => {
          leaving.abort(new Error("The caller has left."));
          return Promise.reject(new Error("aborted"));
        },
      },
    },
    tell: () => undefined,
    write: async () => ({
      address: "",
      request: { method: "POST", protocol: "https:", hostname: "x.test", path: "/", query: {}, headers: {} },
      written: {},
      added: {},
      scheme: { httpAuthOption: { schemeId: scheme.schemeId }, identity: {}, signer },
    }),
  } as unknown as LeanLender;
  const load = vi.fn<() => never>();
  const parcel = { operation: "Converse" as const, modelId: "amazon.nova-lite-v1:0", signal: leaving.signal };
  await expect(carry(lender, parcel as never, leaving.signal, load)).rejects.toThrow("The caller has left.");
  expect(load).not.toHaveBeenCalled();
});
