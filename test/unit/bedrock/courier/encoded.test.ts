import { describe, expect, it } from "vitest";
import { refuseEncoded } from "../../../../src/bedrock/courier/encoded.ts";

const answered = (statusCode: number, encoding?: string) => () =>
  refuseEncoded({ statusCode, headers: encoding === undefined ? {} : { "content-encoding": encoding } });

describe("an answer that something on the way has compressed", () => {
  it.each(["gzip", "deflate", "br", "aws-chunked", "identity, gzip"])(
    "is not read as it stands: %s",
    (encoding) => {
      expect(answered(200, encoding)).toThrow(
        expect.objectContaining({ status: 502, code: "encoded_response" }) as Error,
      );
    },
  );

  it.each([undefined, "", "identity", "Identity"])(
    "is told apart from one that is as it was: %s",
    (encoding) => {
      expect(answered(200, encoding)).not.toThrow();
    },
  );

  it("is no matter where the status says enough", () => {
    expect(answered(429, "gzip")).not.toThrow();
  });
});
