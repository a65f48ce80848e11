import type { Adjustment } from "../adjustments.ts";
import type { Traits } from "./traits.ts";
import { blankText } from "./blank-text.ts";
import type { Fitted, Pass, Restore } from "./fitting.ts";
import { images } from "./images.ts";
import { parallelTools } from "./parallel-tools.ts";
import { prefill } from "./prefill.ts";
import { sampling } from "./sampling.ts";
import { structuredOutput } from "./structured-output.ts";
import { systemText } from "./system-text.ts";
import { toolChoice } from "./tool-choice.ts";
import { toolHistory } from "./tool-history.ts";
import { toolIds } from "./tool-ids.ts";
import { toolNames } from "./tool-names.ts";
import { toolSupport } from "./tool-support.ts";
import { turns } from "./turns.ts";
import type { Conversation } from "./types.ts";

/** In this order: later passes rely on what earlier ones settled. */
const PASSES: readonly Pass[] = [
  images,
  toolIds,
  toolSupport,
  structuredOutput,
  toolHistory,
  systemText,
  blankText,
  turns,
  prefill,
  toolNames,
  toolChoice,
  parallelTools,
  sampling,
];

/** Makes a conversation acceptable to a target with these traits. */
export function fit(conversation: Conversation, traits: Traits): Required<Fitted> & { restore: Restore } {
  const adjustments: Adjustment[] = [];
  const restore: Restore = { toolNames: new Map(), jsonTool: undefined };
  let current = conversation;
  for (const pass of PASSES) {
    const fitted = pass(current, traits);
    current = fitted.conversation;
    for (const note of fitted.adjustments) adjustments.push(note);
    Object.assign(restore, fitted.restore);
  }
  return { conversation: current, adjustments, restore };
}
