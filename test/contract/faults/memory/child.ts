import { setImmediate as turn } from "node:timers/promises";
import { createBedrockOpenAIHandler } from "../../../../src/index.ts";
import { EMULATOR_CREDENTIALS } from "../../../../src/testing/index.ts";
import { requestFor } from "../aws.ts";
import { WAYS, type Way } from "../fault.ts";
import { RESPONSES } from "../speaking.ts";

/** What a process of its own measures, since in that of the tests AWS is at home too. Prints JSON. */

const [url = "", subject = "", times = "1", idle = "30000"] = process.argv.slice(2);
const handler = createBedrockOpenAIHandler({
  endpoint: url,
  region: "us-east-1",
  credentials: EMULATOR_CREDENTIALS,
  retries: 0,
  timeouts: { idle: Number(idle) },
  logger: { error: () => undefined, warn: () => undefined },
});

/** What is alive, in bytes. */
async function alive(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    await turn();
    globalThis.gc!();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Long, so that one that is kept is seen. */
const PROMPT = "hello ".repeat(4_000);

const ask = (way: Way): Promise<Response> => handler(requestFor(way, { prompt: PROMPT }));

async function isFailed({ body }: Response): Promise<boolean> {
  let found = false;
  for await (const bytes of body!)
    found ||= new TextDecoder().decode(bytes).includes("event: response.failed\n");
  return found;
}

const SUBJECTS: Record<string, () => Promise<object>> = {
  /** A stream read to its end: the most that was alive meanwhile. */
  async burst() {
    await (await ask("whole")).text();
    const before = await alive();
    const { body } = await ask("stream");
    let peak = 0;
    let read = 0;
    let tail = "";
    let reads = 0;
    for await (const bytes of body!) {
      read += bytes.byteLength;
      tail = new TextDecoder().decode(bytes).slice(-14);
      reads += 1;
      if (reads % 1_000 === 0) peak = Math.max(peak, (await alive()) - before);
    }
    return { read, peak, tail };
  },
  /** An answer that is too long for anything: what is alive behind it. */
  async endless() {
    await (await ask("whole")).text();
    const before = await alive();
    const { status } = await ask("whole");
    return { status, left: (await alive()) - before };
  },
  /** A response without end, whose text is held until it has one: what its caller is told last, and what is alive behind it. */
  async "endless response"() {
    await (await ask("whole")).text();
    const before = await alive();
    const failed = await isFailed(await handler(RESPONSES.requestFor("stream", {})));
    return { failed, left: (await alive()) - before };
  },
  /** The same faults over and over: what each round leaves. */
  async faults() {
    const statuses = new Set<number>();
    const call = async (way: Way): Promise<void> => {
      const { status, body } = await ask(way);
      statuses.add(status);
      const reader = body!.getReader();
      await reader.read();
      await reader.cancel();
    };
    const rounds = (): Promise<unknown> =>
      Promise.all(Array.from({ length: Number(times) }, () => Promise.all(WAYS.map((way) => call(way)))));
    await rounds();
    const before = await alive();
    await rounds();
    return { statuses: [...statuses].toSorted(), left: (await alive()) - before };
  },
};

process.stdout.write(JSON.stringify(await SUBJECTS[subject]!()));
process.exit();
