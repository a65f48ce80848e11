/** The process that is measured: one system and one question. `ask.mjs <system> <endpoint> <question>` */
import { serveParent } from "../child.ts";
import { EMBEDDING_QUESTIONS, type EmbeddingName } from "../questions/embeddings.ts";
import { QUESTIONS, type QuestionName } from "../questions/questions.ts";
import { spread } from "../statistics.ts";
import { type Asking, type System, SYSTEMS, type SystemName } from "../systems/systems.ts";

export interface SubjectOrder {
  work: "stream" | "chat" | "embed";
  times: number;
  concurrency: number;
}

export interface Measurement {
  cpuMicros: number;
  /** The median of how long one took from the question to the answer's end. */
  p50Micros: number;
  /** The median of how long the first delta of a stream took. */
  firstMicros: number;
  /** Deltas that arrived, or answers. */
  units: number;
}

const [name, endpoint = "", question] = process.argv.slice(2);
const system: System = await SYSTEMS[name as SystemName](endpoint);
const askings = new Map<SubjectOrder["work"], Asking>();

/** A question is made ready once, before the clock runs. */
function askingFor(work: SubjectOrder["work"]): Asking {
  const asking = askings.get(work) ?? readied(work);
  askings.set(work, asking);
  return asking;
}

function readied(work: SubjectOrder["work"]): Asking {
  if (work !== "embed") return system[work](QUESTIONS[question as QuestionName]);
  if (!system.embed) throw new Error(`${name} embeds nothing.`);
  return system.embed(EMBEDDING_QUESTIONS[question as EmbeddingName]);
}

serveParent<SubjectOrder>(async ({ work, times, concurrency }): Promise<Measurement> => {
  const ask = askingFor(work);
  let left = times;
  let units = 0;
  const taken: number[] = [];
  const firsts: number[] = [];
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const asked = performance.now();
      const since = (): number => (performance.now() - asked) * 1000;
      const received = await ask(() => firsts.push(since()));
      taken.push(since());
      units += received;
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, lane));
  const { user, system: kernel } = process.cpuUsage(before);
  return {
    cpuMicros: user + kernel,
    p50Micros: spread(taken).median,
    firstMicros: spread(firsts).median,
    units,
  };
});
