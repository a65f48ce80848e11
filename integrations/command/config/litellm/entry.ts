import * as z from "zod";
import { toFaults } from "../complaints.ts";
import type { Fault, Path } from "../fault.ts";
import { listOf, recordOf, text } from "../shapes.ts";
import type { Entry } from "../shape.ts";
import { identityIn } from "./identity.ts";
import { isConverseLike } from "./model-string.ts";
import type { Sorted } from "./params.ts";

/** AWS's form of them, or a mapping. */
const tags = () =>
  z.union([
    recordOf(text()),
    listOf(z.object({ Key: text(), Value: z.string() })).transform((list): Record<string, string> =>
      Object.fromEntries(list.map(({ Key, Value }) => [Key, Value])),
    ),
  ]);

const SHAPE = z.object({
  aws_region_name: text("an AWS Region").exactOptional(),
  aws_access_key_id: text().exactOptional(),
  aws_secret_access_key: text().exactOptional(),
  aws_session_token: text().exactOptional(),
  aws_profile_name: text("the name of a profile").exactOptional(),
  aws_role_name: text("the ARN of a role").exactOptional(),
  aws_session_name: text().exactOptional(),
  aws_external_id: text().exactOptional(),
  aws_session_tags: tags().exactOptional(),
  aws_web_identity_token: text("a token, or where it lies").exactOptional(),
  aws_bedrock_runtime_endpoint: text("a URL").exactOptional(),
  api_base: text("a URL").exactOptional(),
  api_key: text().exactOptional(),
  extra_headers: recordOf(text()).exactOptional(),
  model_id: text("an id or ARN").exactOptional(),
});

type Access = z.output<typeof SHAPE>;

export interface Made {
  entry: Entry | undefined;
  faults: Fault[];
  warnings: Fault[];
}

/** An entry of `models` out of one of `model_list`. */
export function toEntry(model: string, { access, defaults, ...sorted }: Sorted, path: Path): Made {
  const { data, error } = SHAPE.safeParse(access);
  if (!data) return { entry: undefined, ...sorted, faults: toFaults(error, path) };
  const own = isConverseLike(model);
  const { api_base: url, extra_headers: headers } = data;
  const identity = identityIn(data, path);
  const warnings = [...sorted.warnings, ...identity.warnings];
  const entry: Entry = {
    model,
    ...(data.aws_region_name && { region: data.aws_region_name }),
    ...(data.model_id && { modelId: data.model_id }),
    ...identity.entry,
    ...(own && url ? { url, surface: "converse-like" as const } : hostOf(data)),
    ...(headers && { headers }),
    ...(Object.keys(defaults).length > 0 && { defaults }),
  };
  return { entry, faults: identity.faults, warnings };
}

/** Source for their order: LiteLLM's own. */
function hostOf({ api_base: base, aws_bedrock_runtime_endpoint: runtime }: Access): Entry {
  const url = base ?? runtime;
  return url ? { endpoint: { runtime: url } } : {};
}
