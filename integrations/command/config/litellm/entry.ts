import * as z from "zod";
import { toFaults } from "../complaints.ts";
import { type Fault, type Path, pathName } from "../fault.ts";
import { recordOf, text } from "../shapes.ts";
import type { Entry } from "../shape.ts";
import { isConverseLike } from "./model-string.ts";
import type { Sorted } from "./params.ts";

const SHAPE = z.object({
  aws_region_name: text("an AWS Region").exactOptional(),
  aws_access_key_id: text().exactOptional(),
  aws_secret_access_key: text().exactOptional(),
  aws_session_token: text().exactOptional(),
  aws_profile_name: text("the name of a profile").exactOptional(),
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
  if (!data) return { entry: undefined, ...sorted, faults: [...sorted.faults, ...toFaults(error, path)] };
  const own = isConverseLike(model);
  const faults = [...sorted.faults, ...halfKeys(data, path)];
  const warnings = [...sorted.warnings, ...(own ? [] : headersLeftOut(data, path))];
  const entry: Entry = {
    model,
    ...(data.aws_region_name && { region: data.aws_region_name }),
    ...(data.aws_profile_name && { profile: data.aws_profile_name }),
    ...(data.model_id && { modelId: data.model_id }),
    ...(data.api_key && { apiKey: data.api_key }),
    ...credentialsIn(data),
    ...(own ? serverOf(data) : hostOf(data)),
    ...(Object.keys(defaults).length > 0 && { defaults }),
  };
  return { entry, faults, warnings };
}

const serverOf = ({ api_base: url, extra_headers: headers }: Access): Entry => ({
  ...(url && { url, surface: "converse-like" as const }),
  ...(headers && { headers }),
});

/** Source for their order: LiteLLM's own. */
function hostOf({ api_base: base, aws_bedrock_runtime_endpoint: runtime }: Access): Entry {
  const url = base ?? runtime;
  return url ? { endpoint: { runtime: url } } : {};
}

function credentialsIn(access: Access): Entry {
  const {
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey,
    aws_session_token: token,
  } = access;
  if (!accessKeyId || !secretAccessKey) return {};
  return { credentials: { accessKeyId, secretAccessKey, ...(token && { sessionToken: token }) } };
}

/** Half a pair would be no key at all, and the request another account's. */
function halfKeys(access: Access, path: Path): Fault[] {
  const { aws_access_key_id: id, aws_secret_access_key: secret, aws_session_token: token } = access;
  if (Boolean(id) === Boolean(secret) && !(token && !id)) return [];
  const message = `'${pathName(path)}' needs both aws_access_key_id and aws_secret_access_key.`;
  return [{ path, message }];
}

const headersLeftOut = ({ extra_headers: headers }: Access, path: Path): Fault[] =>
  headers
    ? [
        {
          path: [...path, "extra_headers"],
          message: `'${pathName([...path, "extra_headers"])}' is told for all models at once: \`headers\`.`,
        },
      ]
    : [];
