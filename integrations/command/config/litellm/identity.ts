import { type Fault, type Path, pathName } from "../fault.ts";
import type { Entry } from "../shape.ts";
import { webIdentityIn } from "./web-identity.ts";

/** LiteLLM's words for who calls AWS. */
export interface Identity {
  aws_access_key_id?: string;
  aws_secret_access_key?: string;
  aws_session_token?: string;
  aws_profile_name?: string;
  aws_role_name?: string;
  aws_session_name?: string;
  aws_external_id?: string;
  aws_session_tags?: Record<string, string>;
  aws_web_identity_token?: string;
  api_key?: string;
}

type Name = keyof Identity;

export interface MadeIdentity {
  entry: Entry;
  faults: Fault[];
  warnings: Fault[];
}

const ROLE: readonly Name[] = ["aws_role_name", "aws_session_name", "aws_external_id", "aws_session_tags"];
const KEYS: readonly Name[] = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"];

/** What does nothing beside another word. Source for who comes first: LiteLLM's own order. */
const UNUSED: readonly (readonly [by: Name, names: readonly Name[]])[] = [
  ["api_key", [...KEYS, "aws_profile_name", "aws_web_identity_token", ...ROLE]],
  ["aws_web_identity_token", [...KEYS, "aws_profile_name", "aws_external_id", "aws_session_tags"]],
  ["aws_access_key_id", ["aws_profile_name"]],
];

/** Who calls, as an entry says it. */
export function identityIn(given: Identity, path: Path): MadeIdentity {
  const at = (name: Name): Path => [...path, name];
  const about = (name: Name, hint: string): Fault => ({
    path: at(name),
    message: `'${pathName(at(name))}' ${hint}.`,
  });
  const said = { ...given };
  const warnings: Fault[] = [];
  for (const [by, names] of UNUSED)
    for (const name of names.filter((each) => said[by] !== undefined && said[each] !== undefined)) {
      warnings.push(about(name, `is not used beside ${by}`));
      delete said[name];
    }
  const { aws_role_name: role, aws_web_identity_token: token } = said;
  for (const name of ROLE)
    if (role === undefined && said[name] !== undefined)
      warnings.push(about(name, "belongs to a role and does nothing without one"));
  const webIdentityToken = token === undefined ? undefined : webIdentityIn(token);
  const faults = [
    ...halfKeys(said, path),
    ...(token !== undefined && role === undefined
      ? [about("aws_web_identity_token", "needs the aws_role_name that it is for")]
      : []),
    ...(token !== undefined && webIdentityToken === undefined
      ? [
          about(
            "aws_web_identity_token",
            "names a provider that is not asked here: put the token into a file",
          ),
        ]
      : []),
  ];
  return {
    entry: {
      ...credentialsIn(said),
      ...(said.aws_profile_name && { profile: said.aws_profile_name }),
      ...(said.api_key && { apiKey: said.api_key }),
      ...(webIdentityToken && { webIdentityToken }),
      ...roleIn(said),
    },
    faults,
    warnings,
  };
}

export function roleIn({
  aws_role_name: arn,
  aws_session_name: sessionName,
  aws_external_id: externalId,
  aws_session_tags: tags,
}: Identity): Pick<Entry, "role"> {
  if (arn === undefined) return {};
  const role = {
    arn,
    ...(sessionName && { sessionName }),
    ...(externalId && { externalId }),
    ...(tags && { tags }),
  };
  return { role };
}

function credentialsIn(identity: Identity): Entry {
  const {
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey,
    aws_session_token: token,
  } = identity;
  if (!accessKeyId || !secretAccessKey) return {};
  return { credentials: { accessKeyId, secretAccessKey, ...(token && { sessionToken: token }) } };
}

/** Half a pair would be no key at all, and the request another account's. */
function halfKeys(identity: Identity, path: Path): Fault[] {
  const { aws_access_key_id: id, aws_secret_access_key: secret, aws_session_token: token } = identity;
  if (Boolean(id) === Boolean(secret) && !(token && !id)) return [];
  const message = `'${pathName(path)}' needs both aws_access_key_id and aws_secret_access_key.`;
  return [{ path, message }];
}
