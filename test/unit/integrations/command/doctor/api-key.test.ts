import { describe, expect, it } from "vitest";
import { readApiKey } from "../../../../../integrations/command/doctor/api-key.ts";

const shortTerm = (query: string): string =>
  `bedrock-api-key-${Buffer.from(`bedrock.amazonaws.com/?${query}`).toString("base64")}`;

describe("what an API key tells of itself", () => {
  it("is Region and age of a short-term one", () => {
    const key = shortTerm(
      "X-Amz-Credential=ASIA%2F20261122%2Feu-central-1%2Fbedrock%2Faws4_request&X-Amz-Date=20261122T113540Z&X-Amz-Expires=3600",
    );
    expect(readApiKey(key)).toEqual({
      kind: "short-term",
      region: "eu-central-1",
      expires: new Date("2026-11-22T12:35:40Z"),
    });
  });

  it("is only its kind, of a long-term one", () => {
    expect(readApiKey("ABSKQmVkcm9jaw==")).toEqual({ kind: "long-term" });
  });

  it.each([
    ["nothing", "X-Amz-Date=20261122T113540Z"],
    ["no date", "X-Amz-Date=20269922T993540Z&X-Amz-Expires=3600"],
    ["no span", "X-Amz-Date=20261122T113540Z&X-Amz-Expires=99999999999999999999"],
  ])("is no expiry where there is %s to compute it from", (_, query) => {
    expect(readApiKey(shortTerm(query))).toEqual({ kind: "short-term" });
  });

  it.each(["", "sk-other", "bedrock-api-key-", "bedrock-api-key-%%%"])("is never an error: %j", (key) => {
    expect(readApiKey(key).expires).toBeUndefined();
  });
});
