import { describe, expect, it } from "vitest";
import type { CallContext } from "../../../../../src/context.ts";
import type { Store } from "../../../../../src/store/store.ts";
import {
  hold,
  MAX_OPEN,
  openRun,
  refuseOneMore,
  takePlace,
} from "../../../../../src/wires/responses/background/open-runs.ts";

const anyStore = (): Store => ({
  engine: {},
  get: async () => undefined,
  set: async () => undefined,
  delete: async () => undefined,
  ready: async () => undefined,
});

const contextOf = (store: Store, id: string): CallContext =>
  ({ store, caller: { id }, request: new Request("http://bedrock/") }) as unknown as CallContext;

describe("responses that are made in a process", () => {
  it("are found by who they belong to, and by nobody else, until they are done", async () => {
    const store = anyStore();
    let finish!: () => void;
    const done = new Promise<void>((resolve) => (finish = resolve));
    const run = { stop: () => undefined, done, followers: new Set<() => void>() };
    let news = 0;
    run.followers.add(() => void (news += 1));
    await hold(contextOf(store, "ada"), store, "resp_1", run);
    expect(await openRun(contextOf(store, "ada"), "resp_1")).toBe(run);
    expect(await openRun(contextOf(store, "bob"), "resp_1")).toBeUndefined();
    expect(await openRun(contextOf(anyStore(), "ada"), "resp_1")).toBeUndefined();
    finish();
    await done;
    await Promise.resolve();
    expect(await openRun(contextOf(store, "ada"), "resp_1")).toBeUndefined();
    expect(news).toBe(1);
  });

  it("are so many and no more, however many ask at once: work that nobody waits for has a bound", () => {
    const store = anyStore();
    const ends: (() => void)[] = [];
    for (let index = 0; index < MAX_OPEN; index += 1) {
      refuseOneMore(store);
      takePlace({ atEnd: (run) => void ends.push(run) }, store);
    }
    expect(() => refuseOneMore(store)).toThrow(
      expect.objectContaining({ status: 429, code: "rate_limit_exceeded" }),
    );
    expect(() => refuseOneMore(anyStore())).not.toThrow();
    ends.at(-1)!();
    expect(() => refuseOneMore(store)).not.toThrow();
  });
});
