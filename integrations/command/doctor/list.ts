import type { LocalHandler, Remark } from "../call-handler.ts";
import { cureOf, detailOf } from "./cures.ts";
import type { Finding } from "./finding.ts";
import type { ListedModel } from "../models/list.ts";

/** What AWS's lists of models say, and whether they could be had. */
export interface Listing extends Finding {
  /** Undefined where there is no list. */
  models?: readonly ListedModel[];
  /** No connection to AWS came about. */
  isUnreachable?: boolean;
}

/** What the list is needed for: models to call are chosen from it, it is all that is asked for, or it is nice to have. */
export type Need = "to choose" | "itself" | "none";

export async function checkList(
  { ask, remarks }: Pick<LocalHandler, "ask" | "remarks">,
  need: Need,
  signal: AbortSignal,
): Promise<Listing> {
  const told = await ask("/models", { signal });
  if (told.error) {
    const isUnreachable = told.error.code === "bedrock_unreachable";
    const otherwise = need === "to choose" && !isUnreachable ? ["Or name a model: --model."] : [];
    const cures = [cureOf(told) ?? [], otherwise].flat();
    const level = need !== "none" || isUnreachable ? "failure" : "warning";
    return {
      check: "Models",
      level,
      detail: detailOf(told),
      isUnreachable,
      ...(cures.length > 0 && { cure: cures.join(" ") }),
    };
  }
  const { data: models } = told.body as { data: ListedModel[] };
  return { ...toFinding(models.length, remarks), models };
}

function toFinding(count: number, remarks: readonly Remark[]): Finding {
  const missing = missingIn(remarks);
  if (missing.length === 0) return { check: "Models", level: "ok", detail: `${count} listed` };
  const denied = missing.filter(({ isDenied }) => isDenied);
  const names = told(missing.map(({ action, why }) => `${action} (${why})`));
  return {
    check: "Models",
    level: "warning",
    detail: `${count} listed; AWS did not give ${names}`,
    ...(denied.length > 0 && {
      cure: `Have an IAM policy allow ${told(denied.map(({ action }) => action))} on *.`,
    }),
  };
}

/** Two of the lists are had by one action. */
const told = (names: readonly string[]): string => [...new Set(names)].join(", ");

interface Missing {
  action: string;
  why: string;
  isDenied: boolean;
}

/** Which of AWS's lists are missing, by the IAM action of each, and by what error. */
const missingIn = (remarks: readonly Remark[]): Missing[] =>
  remarks.flatMap(({ details }) => {
    const causes = (details["causes"] ?? []) as readonly { action: string; error: unknown }[];
    return causes.map(({ action, error }) => {
      const { name = "Error", $metadata } = error as AwsFailure;
      const status = $metadata?.httpStatusCode;
      const why = name === "NativeError" ? `HTTP ${status}` : name;
      return { action, why, isDenied: status === 403 };
    });
  });

/** The part of an SDK error that we read. */
interface AwsFailure {
  name?: string;
  $metadata?: { httpStatusCode?: number };
}
