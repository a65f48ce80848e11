import type { ListedModel } from "../models/list.ts";
import { describeModel } from "../../../src/index.ts";
import { type LocalHandler, openHandler } from "../call-handler.ts";
import { callOnce } from "./call.ts";
import { type CallCheck, CALLS, CALLS_BY_MODE } from "./calls.ts";
import { candidatesFor, locate } from "./candidates.ts";
import { checkCredentials, checkProxy, checkRegion, type Patient } from "./environment.ts";
import { checkEntry, ownAccess } from "./entries.ts";
import type { Finding } from "./finding.ts";
import { checkList, type Listing } from "./list.ts";
import { within } from "../within.ts";

export interface Examination {
  /** The only model to call; any that the account has, otherwise. */
  model?: string | undefined;
  /** Whether anything may be called that AWS bills. */
  calls: boolean;
  /** How long one check may take, in milliseconds. */
  patience: number;
}

/** Looks at one thing after the other, and tells what it found as it goes; paid calls go side by side. */
export async function* examine(patient: Patient, asked: Examination): AsyncGenerator<Finding[]> {
  const { patience } = asked;
  const bounded = <T extends Finding>(check: string, work: (signal: AbortSignal) => Promise<T>) =>
    within<T | Finding>(patience, work, () => late(check, patience));

  const ground = await Promise.all([
    bounded("Region", (signal) => checkRegion(patient, signal)),
    bounded("Credentials", (signal) => checkCredentials(patient, signal)),
  ]);
  yield ground;
  // Whatever comes after would fail by the same cause.
  if (ground.some(({ level }) => level === "failure")) return;

  const entries = ownAccess(patient.settings.options);
  if (entries.length > 0)
    yield await Promise.all(
      entries.map((entry) => bounded("Entry", (signal) => checkEntry(entry, patient, signal))),
    );

  const local = openHandler(patient.settings.options);
  const need = !asked.calls ? "itself" : asked.model === undefined ? "to choose" : "none";
  const listing: Listing = await bounded("Models", (signal) => checkList(local, need, signal));
  const { models, isUnreachable, ...list } = listing;
  const proxy = isUnreachable ? checkProxy(patient) : undefined;
  yield proxy ? [list, proxy] : [list];
  if (!asked.calls || isUnreachable) return;

  const calls = asked.model === undefined ? await choose(models, local) : await named(asked.model, local);
  if (calls.length === 0) yield [notCalled(asked.model)];
  yield await Promise.all(
    calls.map(({ call, models }) => bounded(call.name, (signal) => callOnce(call, models, local, signal))),
  );
}

const notCalled = (model = ""): Finding => ({
  check: "Model",
  level: "skipped",
  detail: `${model} was not called: it is neither for chats nor for embeddings or rerank.`,
});

interface Chosen {
  call: CallCheck;
  models: readonly string[];
}

/** Without a list only what needs no model. */
async function choose(
  models: readonly ListedModel[] | undefined,
  { handler }: LocalHandler,
): Promise<readonly Chosen[]> {
  if (!models) return CALLS.filter(({ serves }) => !serves).map((call) => ({ call, models: [] }));
  const served = await locate(models, handler);
  return CALLS.map((call) => ({ call, models: candidatesFor(call, served) }));
}

/** What is no model is called all the same: AWS's words for it are what is looked for. */
async function named(model: string, { handler }: LocalHandler): Promise<readonly Chosen[]> {
  const mode = await describeModel(model, handler).then(
    (place) => place.mode ?? "other",
    () => "chat",
  );
  return (CALLS_BY_MODE[mode] ?? []).map((call) => ({ call, models: [model] }));
}

const late = (check: string, patience: number): Finding => ({
  check,
  level: "failure",
  detail: `no answer within ${patience / 1000} s`,
  cure: "Check the network: a firewall or proxy may hold the connection without a word.",
});
