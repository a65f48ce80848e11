import { droppedNotes } from "../conversation/dropped-notes.ts";
import { type ModerationRequest, moderationRequestShape } from "../openai/moderation-request.ts";
import type { Notes } from "../reception/notes.ts";
import { NEVER_CHECKED, uncheckedIn, type Verdict } from "./verdict.ts";

const { model, model_id, input, guardrailConfig } = moderationRequestShape.shape;

/** What a moderation has use for. */
const USED = { model, model_id, input, guardrailConfig };

/** Names what else is asked. */
export function noteUnused(request: ModerationRequest, notes: Notes): void {
  const unused = Object.entries(request).flatMap(([name, value]) =>
    value == null || Object.hasOwn(USED, name) ? [] : [name],
  );
  notes.adjustments.push(...droppedNotes(unused, "Bedrock's guardrails have no such parameter."));
}

/** Not as dropped: with `unsupported: 'reject'` nothing could be moderated at all. */
export const noteNeverChecked = (notes: Notes): void =>
  notes.note("input", "emulated", `Bedrock does not look for ${NEVER_CHECKED.join(", ")}; they are null.`);

export function noteUnchecked(verdicts: readonly Verdict[], notes: Notes): void {
  const unchecked = uncheckedIn(verdicts);
  if (unchecked.length === 0) return;
  const reason = `The guardrail has no filter for ${unchecked.join(", ")}; they are null.`;
  notes.note("input", "emulated", reason);
}
