import { SignatureV4 } from "@smithy/signature-v4";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSigner, type Keys, type Scope } from "../../src/bedrock/clients/lean/sigv4.ts";
import { Sha256 } from "../../src/bedrock/clients/sha256.ts";
import type { HttpRequest } from "../../src/bedrock/courier/codec.ts";

const anyText = fc.string({ unit: "grapheme", maxLength: 12 });
const anyVisible = fc.stringMatching(/^[\x21-\x7e]{1,24}$/);

/** With what AWS leaves out of a signature, what is signed anew, and each name once: two spellings of one are the caller's affair. */
const anyName = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/),
  fc.constantFrom("Content-Type", "HOST", "x-amz-meta-b", "x-amz-meta-a", "X-Amzn-Trace-Id", "user-agent"),
  fc.constantFrom("Authorization", "X-Amz-Date", "date", "connection", "Expect", "proxy-a", "sec-b", "te"),
);

const anyValue = fc.oneof(
  fc.stringMatching(/^[ \t\x21-\x7e]{0,20}$/),
  fc.constantFrom("", " ", "a  b", " a ", "a\tb", "a\r\n b", "a;b,c"),
);

const anyHeaders = fc
  .uniqueArray(fc.tuple(anyName, anyValue), { selector: ([name]) => name.toLowerCase(), maxLength: 8 })
  .map((pairs) => Object.fromEntries(pairs));

const anyStep = fc.oneof(
  fc.constantFrom("", ".", "..", "model", "a%2Fb", "arn%3Aaws%3Abedrock", "%E2%82%AC", "a b", "(x)!*'"),
  anyText.filter((text) => !text.includes("/")),
);
const anyPath = fc.array(anyStep, { maxLength: 6 }).map((steps) => `/${steps.join("/")}`);

const anyQuery = fc.dictionary(
  fc.oneof(fc.constantFrom("a", "A", "a b", "é", "b"), anyText),
  fc.oneof(anyText, fc.array(anyText, { maxLength: 3 })),
  { maxKeys: 4, noNullPrototype: true },
);

const anyRequest: fc.Arbitrary<HttpRequest> = fc.record({
  method: fc.constantFrom("POST", "GET", "DELETE"),
  path: anyPath,
  query: anyQuery,
  headers: anyHeaders,
  body: fc.option(fc.uint8Array({ maxLength: 100 }), { nil: undefined }),
});

const anyKeys: fc.Arbitrary<Keys> = fc.record(
  { accessKeyId: anyVisible, secretAccessKey: anyText, sessionToken: anyVisible },
  { requiredKeys: ["accessKeyId", "secretAccessKey"] },
);

const anyScope: fc.Arbitrary<Scope> = fc.record({
  region: fc.constantFrom("us-east-1", "eu-west-3", "us-gov-west-1"),
  service: fc.constant("bedrock"),
});

const anyTime = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });

async function bySdk(request: HttpRequest, keys: Keys, scope: Scope, now: Date): Promise<HttpRequest> {
  const signer = new SignatureV4({ ...scope, credentials: keys, sha256: Sha256 });
  const words = { protocol: "https:", hostname: "bedrock", ...request };
  return (await signer.sign(words as never, { signingDate: now })) as unknown as HttpRequest;
}

describe("a signature", () => {
  it("is the SDK's, with all headers around it", async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, anyKeys, anyScope, anyTime, async (request, keys, scope, now) => {
        const signed = createSigner(scope)(request, keys, now);
        expect(signed.headers).toEqual((await bySdk(request, keys, scope, now)).headers);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is that of its own keys and day, whoever was signed for before", async () => {
    const scope = { region: "us-east-1", service: "bedrock" };
    const sign = createSigner(scope);
    const anyTurn = fc.tuple(fc.constantFrom("one", "other"), fc.constantFrom("2026-11-23", "2026-11-24"));
    const request = { method: "POST", path: "/model/m/converse", headers: { host: "h" }, body: undefined };
    await fc.assert(
      fc.asyncProperty(fc.array(anyTurn, { maxLength: 6 }), async (turns) => {
        for (const [secretAccessKey, day] of turns) {
          const keys = { accessKeyId: "A", secretAccessKey };
          const now = new Date(day);
          expect(sign(request, keys, now).headers).toEqual((await bySdk(request, keys, scope, now)).headers);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("leaves the request that it is made of as it was", () => {
    const headers = { host: "h", date: "yesterday" };
    const request = { method: "POST", path: "/", headers, body: undefined };
    createSigner({ region: "us-east-1", service: "bedrock" })(
      request,
      { accessKeyId: "A", secretAccessKey: "s", sessionToken: "t" },
      new Date(0),
    );
    expect(request).toEqual({ method: "POST", path: "/", headers: { host: "h", date: "yesterday" } });
  });
});
