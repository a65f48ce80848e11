import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Announced, createRepeats, type Repeatable } from "../../../src/bedrock/repeats.ts";
import { BedrockOpenAIError } from "../../../src/errors.ts";
import { createTries } from "../../../src/tries.ts";

beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => void vi.restoreAllMocks());

const broken = (code = "stream_interrupted"): BedrockOpenAIError =>
  new BedrockOpenAIError(502, "broke off", { type: "server_error", code });

const asking = (tries = 3, signal = new AbortController().signal): Repeatable => ({
  signal,
  tries: createTries({ tries, isLast: true }),
});

/** Streams as AWS gives them, one after the other: `start` is their announcement, an error their end. */
function streams({ tries }: Repeatable, ...given: (string[] | Error)[][]) {
  const seen = { opened: 0, left: 0 };
  const open = async () => {
    const arrivals = given[seen.opened] ?? given.at(-1)!;
    seen.opened += 1;
    tries.used += 1;
    tries.answered = true;
    const value = (async function* () {
      try {
        for (const each of arrivals) {
          if (each instanceof Error) throw each;
          yield each;
        }
      } finally {
        seen.left += 1;
      }
    })();
    return { requestId: `aws-${seen.opened}`, value };
  };
  return { seen, open };
}

const START: Announced<string> = { isSaid: (value) => value !== "start", isAlike: true };

async function read(values: AsyncIterable<string[]>): Promise<string> {
  let text = "";
  for await (const batch of values) text += `[${batch.join(" ")}]`;
  return text;
}

describe("a stream", () => {
  it("is told from its first piece on, with what came before it, and by the try that it came from", async () => {
    const call = asking();
    const { open } = streams(call, [["start"], broken()], [["start"], ["a", "b"], ["c"]]);
    const reply = await createRepeats(2).stream(call, START, open);
    expect(reply.requestId).toBe("aws-1");
    expect(await read(reply.value)).toBe("[start a b][c]");
    expect(reply.requestId).toBe("aws-2");
  });

  it("that breaks after its first piece tells it, and is not opened again", async () => {
    const call = asking();
    const { open, seen } = streams(call, [["start", "a"], broken()]);
    const { value } = await createRepeats(2).stream(call, START, open);
    const values = value[Symbol.asyncIterator]();
    expect((await values.next()).value).toEqual(["start", "a"]);
    await expect(values.next()).rejects.toMatchObject({ code: "stream_interrupted" });
    expect(seen.opened).toBe(1);
  });

  it("is announced before its first piece once the call has a status, and no sooner", async () => {
    const call = asking();
    let speak: (() => void) | undefined;
    const spoken = new Promise<void>((resolve) => (speak = resolve));
    const open = async () => ({
      requestId: "aws-1",
      value: (async function* () {
        yield ["start"];
        await spoken;
        yield ["a"];
      })(),
    });
    const { value } = await createRepeats(2).stream(call, START, open);
    const values = value[Symbol.asyncIterator]();
    const first = values.next();
    await new Promise((resolve) => setImmediate(resolve));
    call.tries.commit();
    expect((await first).value).toEqual(["start"]);
    speak!();
    expect((await values.next()).value).toEqual(["a"]);
    expect((await values.next()).done).toBe(true);
  });

  it("that ends without a piece is not lost", async () => {
    const call = asking();
    const { open } = streams(call, [["start"]]);
    expect(await read((await createRepeats(2).stream(call, START, open)).value)).toBe("[start]");
  });

  it("that is left closes the one that was opened last", async () => {
    const call = asking();
    const { open, seen } = streams(call, [broken()], [["a"], ["b"]]);
    const { value } = await createRepeats(2).stream(call, START, open);
    const values = value[Symbol.asyncIterator]();
    await values.next();
    await values.return!();
    expect(seen).toEqual({ opened: 2, left: 2 });
  });

  it.each([
    ["timeout", 408],
    ["validation", 400],
  ])("is not opened again for %s", async (code, status) => {
    const call = asking();
    const failure = new BedrockOpenAIError(status, "no", { type: "x", code });
    const { open, seen } = streams(call, [failure]);
    const { value } = await createRepeats(2).stream(call, START, open);
    await expect(read(value)).rejects.toMatchObject({ code });
    expect(seen.opened).toBe(1);
  });

  it("is not opened again while AWS wants to be left alone for longer than anybody waits", async () => {
    const call = asking();
    const $response = { headers: { "retry-after": "21" } };
    const slow = new BedrockOpenAIError(429, "slow", {
      type: "x",
      headers: { "x-should-retry": "true" },
      cause: { $response },
    });
    const { open, seen } = streams(call, [slow]);
    await expect(read((await createRepeats(2).stream(call, START, open)).value)).rejects.toBe(slow);
    expect(seen.opened).toBe(1);
  });
});

describe("where much fails", () => {
  it("not everything is repeated", async () => {
    const repeats = createRepeats(1);
    let calls = 0;
    for (let time = 0; time < 300; time += 1) {
      const call = asking(2);
      await repeats
        .whole(call, async () => {
          calls += 1;
          call.tries.used += 1;
          call.tries.answered = true;
          throw broken("empty_response");
        })
        .catch(() => undefined);
    }
    expect(calls).toBe(400);
  });
});

it("a caller who leaves while the next try is waited for waits no longer", async () => {
  vi.mocked(Math.random).mockReturnValue(1);
  const caller = new AbortController();
  const call = asking(3, caller.signal);
  const { open, seen } = streams(call, [broken()]);
  const { value } = await createRepeats(2).stream(call, START, open);
  const reading = read(value);
  setTimeout(() => caller.abort(new Error("left")), 1);
  await expect(reading).rejects.toThrow("left");
  expect(seen.opened).toBe(1);
});
