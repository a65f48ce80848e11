import type * as z from "zod";
import { type Fault, type Path, pathName } from "./fault.ts";

type Issue = z.core.$ZodIssue;

/** What zod found, in words, without the values. */
export const toFaults = (error: z.ZodError, above: Path = []): Fault[] =>
  error.issues.flatMap((issue) => faultsOf(issue, above));

function faultsOf(issue: Issue, above: Path): Fault[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
  if (issue.code === "unrecognized_keys") {
    const hints = issue.message.split("\n");
    return issue.keys.map((key, index) => ({
      path: [...path, key],
      message: unknown(path, key, hints[index]!),
    }));
  }
  if (issue.code === "invalid_union")
    return nearestBranch(issue.errors).flatMap((each) => faultsOf(each, path));
  return [{ path, message: `'${pathName(path)}' ${issue.message}.` }];
}

/** Of several shapes the one that was probably meant: the one whose outer form is right. */
const nearestBranch = (branches: readonly Issue[][]): readonly Issue[] =>
  branches.find((issues) =>
    issues.some(({ code, path }) => path.length > 0 || code === "unrecognized_keys"),
  ) ??
  branches[0] ??
  [];

function unknown(path: Path, key: string, hint: string): string {
  const name = key.slice(0, 60);
  if (hint.startsWith("takes")) return `'${name}' ${hint}`;
  return path.length === 0
    ? `there is no option '${name}'; ${hint}`
    : `'${pathName(path)}' has no '${name}'; ${hint}`;
}
