import type { Target } from "../bedrock/models/target.ts";
import type { Awaitable } from "../awaitable.ts";
import type { CallContext } from "../context.ts";

/** Who is about to be asked. */
type Asked = Pick<Target, "modelId" | "family" | "region" | "account"> & { surface: string };

/** Says, in `x-bedrock-target` and to whoever watches, where an answer comes from: in the grammar of a model string. */
export function sentTo(context: CallContext, target: Asked): Awaitable<void> {
  if (target.surface === OWN_SERVER) return note(context, target, undefined);
  const region = context.bedrock.regionOf(target);
  if (typeof region === "string") return note(context, target, region);
  return region.catch(() => undefined).then((found) => note(context, target, found));
}

const OWN_SERVER = "converse-like";

function note({ headers, record }: CallContext, target: Asked, region: string | undefined): void {
  const { modelId: model, family, surface } = target;
  record.answeredBy = { model, region, surface, ...(family !== "" && { family }) };
  const place = surface === OWN_SERVER ? "converse_like" : region;
  headers["x-bedrock-target"] = place === undefined ? model : `${place}/${model}`;
}
