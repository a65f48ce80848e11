/** The process that is measured: one system and one question. `subject.ts <system> <endpoint> <question>` */
import { serveParent } from "./child.ts";
import { EMBEDDING_QUESTIONS, type EmbeddingName } from "./questions/embeddings.ts";
import { QUESTIONS, type QuestionName } from "./questions/questions.ts";
import { type Asking, SYSTEMS, type SystemName } from "./systems/systems.ts";

export interface SubjectOrder {
  work: "stream" | "chat" | "embed";
  times: number;
  concurrency: number;
}

export interface Measurement {
  cpuMicros: number;
  wallMicros: number;
  /** Deltas that arrived, or answers. */
  units: number;
}

const [name, endpoint = "", question] = process.argv.slice(2);
const system = await SYSTEMS[name as SystemName](endpoint);
const askings = new Map<SubjectOrder["work"], Asking>();

/** A question is made ready once, before the clock runs. */
function askingFor(work: SubjectOrder["work"]): Asking {
  const asking = askings.get(work) ?? readied(work);
  askings.set(work, asking);
  return asking;
}

const readied = (work: SubjectOrder["work"]): Asking =>
  work === "embed"
    ? system.embed(EMBEDDING_QUESTIONS[question as EmbeddingName])
    : system[work](QUESTIONS[question as QuestionName]);

serveParent<SubjectOrder>(async ({ work, times, concurrency }): Promise<Measurement> => {
  const ask = askingFor(work);
  let left = times;
  let units = 0;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const received = await ask();
      units += received;
    }
  };
  // What earlier rounds left behind is not this round's cost.
  globalThis.gc?.();
  const started = performance.now();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, lane));
  const { user, system: kernel } = process.cpuUsage(before);
  return { cpuMicros: user + kernel, wallMicros: (performance.now() - started) * 1000, units };
});
