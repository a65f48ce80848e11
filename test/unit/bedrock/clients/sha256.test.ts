import type { BedrockRuntimeClientConfig } from "@aws-sdk/client-bedrock-runtime";
import fc from "fast-check";
import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Sha256 } from "../../../../src/bedrock/clients/sha256.ts";

type Secret = ConstructorParameters<typeof Sha256>[0];

async function digest(pieces: readonly (string | Uint8Array)[], secret?: Secret): Promise<string> {
  const hash = new Sha256(secret);
  for (const piece of pieces) hash.update(piece);
  return Buffer.from(await hash.digest()).toString("hex");
}

const filled = (byte: number, size: number): Uint8Array => new Uint8Array(size).fill(byte);

describe("what requests are signed with", () => {
  it("is what the SDK takes", () => {
    const config: BedrockRuntimeClientConfig = { sha256: Sha256 };
    expect(config.sha256).toBe(Sha256);
  });

  // FIPS 180-4's examples, by NIST.
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
  ])("hashes '%s' as NIST does", async (text, hash) => expect(await digest([text])).toBe(hash));

  // RFC 4231, 4.2 to 4.7; that of 4.6 is cut short, and is left out.
  it.each<[string, Secret, string | Uint8Array, string]>([
    [
      "a short key",
      filled(0x0b, 20),
      "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    ],
    [
      "a key of text",
      "Jefe",
      "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
    [
      "bytes of all kinds",
      filled(0xaa, 20),
      filled(0xdd, 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    ],
    [
      "a key longer than a block",
      filled(0xaa, 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ],
  ])("signs as RFC 4231 does: %s", async (_, secret, message, mac) =>
    expect(await digest([message], secret)).toBe(mac),
  );

  it("is Node's own for whatever is said in however many pieces, with whatever secret", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.uint8Array())),
        fc.option(fc.oneof(fc.string({ minLength: 1 }), fc.uint8Array({ maxLength: 200 })), {
          nil: undefined,
        }),
        async (pieces, secret) => {
          const own = secret === undefined ? createHash("sha256") : createHmac("sha256", secret);
          for (const piece of pieces) own.update(piece);
          expect(await digest(pieces, secret)).toBe(own.digest("hex"));
        },
      ),
    ));

  it("reads a view for what it shows, and a buffer for all it holds", async () => {
    const { buffer } = Uint8Array.from([1, 2, 3, 4]);
    const hash = new Sha256(buffer);
    hash.update(new DataView(buffer, 1, 2));
    hash.update(buffer);
    const own = createHmac("sha256", Uint8Array.from([1, 2, 3, 4])).update(
      Uint8Array.from([2, 3, 1, 2, 3, 4]),
    );
    expect(Buffer.from(await hash.digest()).toString("hex")).toBe(own.digest("hex"));
  });

  it("begins anew when it is told to", async () => {
    const hash = new Sha256("secret");
    hash.update("old");
    hash.reset();
    hash.update("new");
    expect(Buffer.from(await hash.digest()).toString("hex")).toBe(await digest(["new"], "secret"));
  });
});
