import { describe, expect, it } from "vitest";
import { invokeHeaders } from "../../../../src/bedrock/surfaces/invoke-headers.ts";
import { asks } from "../../../support/conversations.ts";

describe("what InvokeModel is told in headers", () => {
  it("is nothing where nothing was asked for", () => {
    expect(invokeHeaders(asks())).toEqual({});
  });

  it("is the guardrail, the tier, the latency and the purpose", () => {
    const guardrailConfig = {
      guardrailIdentifier: "abc",
      guardrailVersion: "DRAFT",
      trace: "enabled_full",
      streamProcessingMode: "async",
    };
    expect(
      invokeHeaders(
        asks({
          guardrailConfig,
          performanceConfig: { latency: "optimized" },
          serviceTier: { type: "priority" },
          requestMetadata: { team: "a", "cost-centre": '"7"' },
        }),
      ),
    ).toEqual({
      "x-amzn-bedrock-guardrailidentifier": "abc",
      "x-amzn-bedrock-guardrailversion": "DRAFT",
      "x-amzn-bedrock-trace": "ENABLED_FULL",
      "x-amzn-bedrock-performanceconfig-latency": "optimized",
      "x-amzn-bedrock-service-tier": "priority",
      "x-amzn-bedrock-request-metadata": '{"team":"a","cost-centre":"\\"7\\""}',
    });
  });

  it("asks for no trace where the caller did not", () => {
    const guardrailConfig = { guardrailIdentifier: "abc", guardrailVersion: "1" };
    expect(Object.keys(invokeHeaders(asks({ guardrailConfig })))).toEqual([
      "x-amzn-bedrock-guardrailidentifier",
      "x-amzn-bedrock-guardrailversion",
    ]);
  });

  it.each(["guardrailIdentifier", "guardrailVersion"])(
    "is refused by the caller's own words where no header can hold it: %s",
    (member) => {
      for (const value of ["ä", "a\nb", "a\r\nx-evil: 1"]) {
        const guardrailConfig = { guardrailIdentifier: "abc", guardrailVersion: "1", [member]: value };
        expect(() => invokeHeaders(asks({ guardrailConfig }))).toThrow(
          expect.objectContaining({ status: 400, param: `guardrailConfig.${member}` }),
        );
      }
    },
  );

  it("is ASCII, whatever the purpose is called: a header takes nothing else", () => {
    const headers = invokeHeaders(asks({ requestMetadata: { team: "Grüße 👋\n" } }));
    const value = headers["x-amzn-bedrock-request-metadata"]!;
    expect(value).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(value)).toEqual({ team: "Grüße 👋\n" });
  });
});
