/** A fresh process whose memory is watched. `subject.ts <system> <endpoint> <question>` */
import { serveParent } from "../child.ts";
import { EMBEDDING_QUESTIONS, type EmbeddingName } from "../questions/embeddings.ts";
import { QUESTIONS, type QuestionName } from "../questions/questions.ts";
import { type Asking, SYSTEMS, type SystemName } from "../systems/systems.ts";
import { countDecodes } from "./decodes.ts";
import { type Growth, watchPeaks } from "./peaks.ts";

export interface MemoryOrder {
  /** Requests, one after another. */
  times: number;
}

export interface MemoryMeasurement extends Growth {
  /** Of large base64 texts. */
  decodes: number;
}

const [name, endpoint = "", question = ""] = process.argv.slice(2);
const system = await SYSTEMS[name as SystemName](endpoint);

const asking = (question: string): Asking =>
  question in EMBEDDING_QUESTIONS
    ? system.embed(EMBEDDING_QUESTIONS[question as EmbeddingName])
    : system.chat(QUESTIONS[question as QuestionName]);

serveParent<MemoryOrder>(async ({ times }): Promise<MemoryMeasurement> => {
  // Loads the modules and opens the connection.
  await system.chat(QUESTIONS.short)();
  const ask = asking(question);
  const decodes = countDecodes();
  const growth = await watchPeaks();
  for (let time = 0; time < times; time += 1) await ask();
  return { ...growth(), decodes: decodes() };
});
