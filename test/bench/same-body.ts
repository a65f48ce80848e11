import type { Child } from "./child.ts";
import { type Side, startSubject } from "./compare.ts";
import type { Counts, LoadServerOrder } from "./load-server.ts";

/** The same things are said with other escapes or defaults here and there, and no more. */
const TOLERANCE = 0.01;

/**
 * How long the body is that the sides send to AWS.
 * @throws when they do not send the same: then their costs would compare nothing.
 */
export async function sameBody(server: Child<LoadServerOrder>, sides: Side[]): Promise<number> {
  const lengths: number[] = [];
  for (const side of sides) {
    const subject = startSubject(side);
    try {
      const before = await server.ask<Counts>("counts");
      await subject.ask({ work: "chat", times: 1, concurrency: 1 });
      const after = await server.ask<Counts>("counts");
      lengths.push(after.bytes - before.bytes);
    } finally {
      subject.stop();
    }
  }
  const longest = Math.max(...lengths);
  if (longest > Math.min(...lengths) * (1 + TOLERANCE)) {
    throw new Error(`The sides do not send the same: ${lengths.join(", ")} bytes.`);
  }
  return longest;
}
