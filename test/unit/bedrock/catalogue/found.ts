import type { Found } from "../../../../src/bedrock/catalogue/found.ts";
import type { Source } from "../../../../src/bedrock/catalogue/source.ts";

const TEXT = { inputModalities: ["TEXT"], outputModalities: ["TEXT"], streaming: true, lifecycle: "ACTIVE" };

/** A foundation model that can be called on demand, unless told otherwise. */
export const foundation = (id: string, said: Partial<Found> = {}): Found => ({
  id,
  type: "foundation-model",
  baseModel: id,
  regions: ["us-east-1"],
  callable: true,
  ...said,
  facts: { ...TEXT, ...said.facts },
});

export const profile = (id: string, baseModel: string, said: Partial<Found> = {}): Found => ({
  id,
  type: "inference-profile",
  baseModel,
  regions: ["us-east-1", "us-west-2"],
  callable: true,
  ...said,
});

/** A source whose answers are taken in turn, the last one again and again; it counts how often it was asked. */
export function scripted(
  action: string,
  ...answers: (Found[] | Error | Promise<Found[]>)[]
): Source & { asked: number } {
  const source = {
    action,
    asked: 0,
    async ask() {
      const answer = answers[Math.min(source.asked, answers.length - 1)]!;
      source.asked += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return source;
}

/** As the SDK throws it. */
export const awsError = (name: string, status = 403): Error =>
  Object.assign(new Error("no"), { name, $metadata: { httpStatusCode: status } });
