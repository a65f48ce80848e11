import { describe, expect, it } from "vitest";
import { stamped } from "../../../src/reception/stamp.ts";

const STAMP = { tenant: "acme" };

describe("a stamp", () => {
  it("stands last and alone under its keys, in both places where a request may say them", () => {
    const body = { model: "m", metadata: { tenant: "x", a: "1" }, requestMetadata: { tenant: "y", b: "2" } };
    const { metadata, requestMetadata } = stamped(body, STAMP);
    expect([metadata, Object.entries(requestMetadata as object)]).toEqual([
      { a: "1" },
      [
        ["b", "2"],
        ["tenant", "acme"],
      ],
    ]);
    expect(body.metadata.tenant).toBe("x");
  });

  it.each([undefined, null])("stands where the request says %s", (said) => {
    expect(stamped({ metadata: said, requestMetadata: said }, STAMP)).toMatchObject({
      requestMetadata: STAMP,
    });
  });

  it.each(["text", 7, ["tenant"], true])("leaves %j to be refused as what it is", (said) => {
    expect(stamped({ requestMetadata: said }, STAMP)).toEqual({ requestMetadata: said });
  });

  it("leaves a request alone where there is none", () => {
    const body = { requestMetadata: { tenant: "mine" } };
    expect([stamped(body, undefined), stamped(body, {})]).toEqual([body, body]);
  });

  it("is not talked over by keys that JavaScript treats apart", () => {
    const body = JSON.parse('{"requestMetadata":{"__proto__":{"tenant":"evil"},"7":"x"}}') as object;
    const { requestMetadata } = stamped({ ...body }, STAMP);
    expect(Object.hasOwn(requestMetadata as object, "tenant")).toBe(true);
    expect((requestMetadata as { tenant: string }).tenant).toBe("acme");
  });
});
