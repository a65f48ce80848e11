import { expect, it } from "vitest";
import { within } from "../../../../integrations/command/within.ts";

it("gives what the work comes to", async () => {
  await expect(
    within(
      10_000,
      async () => "done",
      () => "late",
    ),
  ).resolves.toBe("done");
});

it("gives up what does not heed its signal, and tells it to stop", async () => {
  let told: AbortSignal | undefined;
  const work = (signal: AbortSignal): Promise<string> => {
    told = signal;
    return new Promise(() => undefined);
  };
  await expect(within(5, work, () => "late")).resolves.toBe("late");
  expect(told?.aborted).toBe(true);
});

it("passes on what the work throws", async () => {
  const failing = async (): Promise<string> => {
    throw new Error("broken");
  };
  await expect(within(10_000, failing, () => "late")).rejects.toThrow("broken");
});
