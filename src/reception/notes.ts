import type { Adjustment } from "../adjustments.ts";

/** Where decoding writes down what it did on the caller's behalf. */
export interface Notes {
  readonly adjustments: Adjustment[];
  note(param: string, action: Adjustment["action"], reason: string): void;
}

export function createNotes(): Notes {
  const adjustments: Adjustment[] = [];
  return {
    adjustments,
    note: (param, action, reason) => void adjustments.push({ param, action, reason }),
  };
}
