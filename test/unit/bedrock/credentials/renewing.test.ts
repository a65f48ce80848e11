import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Asking, renewing } from "../../../../src/bedrock/credentials/renewing.ts";

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000_000 }));
afterEach(() => void vi.useRealTimers());

const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Things numbered as they come, each for an hour unless it is said otherwise. */
function counted(lives: (number: number) => number | undefined = () => 60 * MINUTE) {
  const state = { asked: 0, fails: false, hold: undefined as Promise<void> | undefined };
  const held = renewing<{ number: number; expiration?: Date }, Asking>(async () => {
    state.asked += 1;
    const number = state.asked;
    await state.hold;
    if (state.fails) throw new Error(`failed ${number}`);
    const life = lives(number);
    return { number, ...(life !== undefined && { expiration: new Date(Date.now() + life) }) };
  });
  const number = async (asking?: Asking): Promise<number> => (await held(asking)).number;
  return { state, number };
}

describe("what is renewed", () => {
  it("is asked for once by all who need it at once, and then not until shortly before its end", async () => {
    const { state, number } = counted();
    expect(await Promise.all([number(), number(), number()])).toEqual([1, 1, 1]);
    pass(54 * MINUTE);
    expect(await number()).toBe(1);
    expect(state.asked).toBe(1);
  });

  it("is renewed near its end by one call, and no call waits for that", async () => {
    const { state, number } = counted();
    await number();
    pass(56 * MINUTE);
    let arrive = (): void => undefined;
    state.hold = new Promise((resolve) => (arrive = resolve));
    expect(await Promise.all([number(), number(), number()])).toEqual([1, 1, 1]);
    expect(state.asked).toBe(2);
    arrive();
    await turn();
    expect(await number()).toBe(2);
  });

  it("is used until its end where the next one cannot be had, and is not asked for by every call", async () => {
    const { state, number } = counted();
    await number();
    pass(56 * MINUTE);
    state.fails = true;
    for (let times = 0; times < 50; times += 1) {
      expect(await number()).toBe(1);
      await turn();
    }
    expect(state.asked).toBe(2);
    pass(3_000);
    await number();
    await turn();
    expect(state.asked).toBe(3);
    pass(4 * MINUTE);
    await expect(number()).rejects.toThrow("failed 4");
    state.fails = false;
    pass(3_000);
    expect(await number()).toBe(5);
  });

  it("is waited for where none lives, and its failure is told to a storm of calls by one question", async () => {
    const { state, number } = counted();
    state.fails = true;
    for (let times = 0; times < 50; times += 1) await expect(number()).rejects.toThrow("failed 1");
    expect(state.asked).toBe(1);
    state.fails = false;
    pass(3_000);
    expect(await number()).toBe(2);
  });

  it("is asked for at once where AWS no longer takes it, by all calls together", async () => {
    const { state, number } = counted();
    await number();
    expect(await Promise.all([1, 2, 3].map(() => number({ forceRefresh: true })))).toEqual([2, 2, 2]);
    expect(await number()).toBe(2);
    expect(state.asked).toBe(2);
  });

  it("without an end is asked for once", async () => {
    const { state, number } = counted(() => undefined);
    await number();
    pass(10_000 * MINUTE);
    expect(await number()).toBe(1);
    expect(state.asked).toBe(1);
  });

  it("that lives shortly is not asked for by every call", async () => {
    const { state, number } = counted(() => 2 * MINUTE);
    for (let times = 0; times < 10; times += 1) {
      await number();
      pass(5_000);
    }
    expect(state.asked).toBe(1);
  });
});
