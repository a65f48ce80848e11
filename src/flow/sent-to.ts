import type { Target } from "../bedrock/models/target.ts";
import type { CallContext } from "../context.ts";

/** Who is about to be asked. */
type Asked = Pick<Target, "modelId" | "family" | "region" | "account"> & { surface: string };

/** Says, in `x-bedrock-target` and to whoever watches, where an answer comes from: in the grammar of a model string. */
export async function sentTo({ bedrock, headers, record }: CallContext, target: Asked): Promise<void> {
  const { modelId: model, family, surface } = target;
  const isOwn = surface === "converse-like";
  const region = isOwn ? undefined : await bedrock.regionOf(target).catch(() => undefined);
  record.answeredBy = { model, region, surface, ...(family !== "" && { family }) };
  const place = isOwn ? "converse_like" : region;
  headers["x-bedrock-target"] = place === undefined ? model : `${place}/${model}`;
}
