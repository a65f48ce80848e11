import type { Answered, CallOptions, EmbeddingsResult } from "../../../src/index.ts";
import { createRandom } from "./random.ts";
import { vectorOf } from "./vectors.ts";

type Embed = (
  request: { model: string; input: string[] },
  options: CallOptions,
) => Promise<Answered<EmbeddingsResult>>;

export interface Burst {
  lanes: number;
  ms: number;
  seed: number;
}

const MODELS = ["amazon.titan-embed-text-v2:0", "cohere.embed-english-v3"];
const ENDINGS = ["whole", "whole", "whole", "refuse", "reset", "leave"] as const;
const MOST_TEXTS = 24;

/** Lists of texts, several at the same time; of some lists one text is refused, cut off, or never answered until its caller leaves. */
export async function burst(
  { lanes, ms, seed }: Burst,
  embed: Embed,
): Promise<{ calls: number; violations: string[] }> {
  const random = createRandom(seed);
  const until = performance.now() + ms;
  const violations: string[] = [];
  let calls = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < until) {
      const id = calls;
      calls += 1;
      const ending = ENDINGS[Math.floor(random() * ENDINGS.length)]!;
      const model = MODELS[id % MODELS.length]!;
      const count = 1 + Math.floor(random() * MOST_TEXTS);
      // Titan takes one text a call: the bad one stands among good ones. Cohere's list is judged by its first.
      const bad = model.startsWith("amazon.") ? Math.floor(random() * count) : 0;
      const input = Array.from(
        { length: count },
        (_, index) => `${index === bad ? ending : "whole"}:${id}:${index}`,
      );
      const ended = await embedded(embed, { model, input }, ending === "leave");
      if (ended !== EXPECTED[ending]) violations.push(`${model}, ${ending}: ${ended}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { calls, violations };
}

const EXPECTED = { whole: "right", refuse: "429", reset: "503", leave: "left" };

async function embedded(
  embed: Embed,
  request: { model: string; input: string[] },
  leaves: boolean,
): Promise<string> {
  const leaving = new AbortController();
  if (leaves) setTimeout(() => leaving.abort(), 10);
  try {
    const { value } = await embed(request, { signal: leaving.signal });
    const wrong = request.input.filter(
      (text, index) => JSON.stringify(value.vectors[index]) !== JSON.stringify(vectorOf(text)),
    );
    return wrong.length === 0 ? "right" : `${wrong.length} vectors of other texts`;
  } catch (error) {
    if (leaving.signal.aborted) return error === leaving.signal.reason ? "left" : String(error);
    return String((error as { status?: number }).status ?? error);
  }
}
