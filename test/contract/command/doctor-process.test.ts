import { afterEach, describe, expect, it } from "vitest";
import { cleanUp, fileOf, run } from "./run.ts";

afterEach(cleanUp);

describe("as processes of their own, which end by themselves", () => {
  it("models prints a list that a pipe can read", async () => {
    const { code, stdout, stderr } = await run(["models", "--emulator", "us.amazon.nova-pro"]).ended;
    expect(code).toBe(0);
    expect(stdout).toBe(NOVA_PRO);
    expect(stderr).toBe("1 model.\n");
  });

  it("explain needs neither AWS nor a Region", async () => {
    const body = JSON.stringify({
      model: "us.amazon.nova-pro-v1:0",
      messages: [{ role: "user", content: "Hi" }],
    });
    const { code, stdout } = await run(["explain", await fileOf(body, "request.json")]).ended;
    expect(code).toBe(0);
    expect(stdout).toContain("POST /model/us.amazon.nova-pro-v1%3A0/converse\n");
  });

  it("doctor exits with 0 where all is well", async () => {
    const { code, stdout } = await run(["doctor", "--emulator"]).ended;
    expect(stdout).toContain("✓ Guardrail checks");
    expect(code).toBe(0);
  });

  it("doctor exits with 1 where nothing is set, and says what to set", async () => {
    const { code, stdout, stderr } = await run(["doctor"]).ended;
    expect(code).toBe(1);
    expect(stdout).toContain("✗ Region");
    expect(stdout).toContain("✗ Credentials");
    expect(stderr).toContain("see Region; Credentials.");
  });

  it("a command that is misspelt exits with 2", async () => {
    const { code, stderr } = await run(["modles"]).ended;
    expect(code).toBe(2);
    expect(stderr).toContain("models");
  });
});

const NOVA_PRO = `MODEL                    KIND  CAN           STREAMS  VENDOR
us.amazon.nova-pro-v1:0  chat  tools images  yes      Amazon
`;
