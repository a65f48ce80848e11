import type { Bench } from "../bench.ts";
import type { Counts } from "../server/load-server.ts";
import type { SubjectOrder } from "../subject/ask.ts";
import { type Asked, type Side, startSubject } from "./side.ts";

/** The same things are said with other escapes or defaults here and there, and no more. */
const TOLERANCE = 0.01;

/** @throws when the sides do not send bodies of the same length to AWS. */
export async function sameBody(sides: readonly Side[], bench: Bench, asked: Asked): Promise<void> {
  const lengths: number[] = [];
  for (const side of sides) {
    const subject = startSubject<SubjectOrder>("ask", side, bench, asked);
    try {
      const before = await bench.server.ask<Counts>("counts");
      await subject.ask({ work: "chat", times: 1, concurrency: 1 });
      const after = await bench.server.ask<Counts>("counts");
      lengths.push(after.bytes - before.bytes);
    } finally {
      subject.stop();
    }
  }
  if (Math.max(...lengths) > Math.min(...lengths) * (1 + TOLERANCE))
    throw new Error(`The sides do not send the same: ${lengths.join(", ")} bytes.`);
}
