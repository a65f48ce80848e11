import type { Child } from "../child.ts";
import { embeddingAnswers } from "../embedding-answers.ts";
import type { LoadServerOrder, Ports } from "../load-server.ts";
import { sides } from "../scenarios/embeddings.ts";
import { spread } from "../statistics.ts";
import { measureOnce, type MemoryFigure } from "./memory.ts";

/** What 96 embeddings in one answer take at their worst, as multiples of the bytes of AWS's answer. */
export async function measureEmbeddingMemory(
  server: Child<LoadServerOrder>,
  ports: Ports,
  repeats: number,
): Promise<MemoryFigure[]> {
  const { length } = embeddingAnswers().get("cohere")!;
  const figures: MemoryFigure[] = [];
  for (const side of sides(ports, "cohere")) {
    const rss: number[] = [];
    const heap: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const measured = await measureOnce(server, side, 1);
      rss.push((measured.rss ?? Number.NaN) / length);
      heap.push(measured.heap / length);
    }
    const title = `${side.label}, ${side.question}`;
    figures.push({ title, requests: 1, rss: spread(rss), heap: spread(heap), decodes: 0 });
  }
  return figures;
}
