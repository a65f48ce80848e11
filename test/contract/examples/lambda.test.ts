import { expect, it } from "vitest";
import { startExample } from "../../support/example.ts";

it("the Lambda function answers where it is invoked by hand, and ends", async () => {
  const example = startExample("examples/lambda/invoke.ts", { args: ["Anybody there?"] });
  expect(await example.ended).toBe(0);
  expect(example.output()).toContain("statusCode: 200");
  expect(example.output()).toContain("Anybody there?");
  expect(example.output()).toContain("EMULATOR");
});
