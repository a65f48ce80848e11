import { parseSigV4, signature, sigV4Parameters } from "../../../src/testing/auth/sigv4.ts";
import type { KeyPair } from "../../../src/testing/auth/credentials.ts";
import { type Answer, type Asked, type Listening, listen } from "./listen.ts";
import { type Session, session } from "./keys.ts";

/** A role that somebody asked for. */
export interface RoleCall {
  action: string;
  role: string;
  sessionName: string | undefined;
  externalId: string | undefined;
  duration: string | undefined;
  tags: Record<string, string>;
  webIdentityToken: string | undefined;
  /** Whose signature it came with; undefined without one. */
  signedBy: string | undefined;
  region: string | undefined;
}

export interface Refusal {
  status: number;
  code: string;
  message: string;
}

export interface Sts extends Omit<Listening, "asked"> {
  calls: RoleCall[];
  /** What a role gives; a refusal, where it says so. Default: an hour's session named after the role. */
  gives: (call: RoleCall) => Session | Refusal | Promise<Session | Refusal>;
}

/**
 * AWS STS in its query protocol: AssumeRole, by a signature of credentials that it knows, and AssumeRoleWithWebIdentity, by a token
 * alone. Source: AWS STS's API reference.
 * @param known Credentials that exist beside those that it gives itself.
 */
export async function startSts(known: readonly KeyPair[]): Promise<Sts> {
  const secrets = new Map(known.map(({ accessKeyId, secretAccessKey }) => [accessKeyId, secretAccessKey]));
  const calls: RoleCall[] = [];
  const server = await listen(async (asked) => {
    const form = new URLSearchParams(asked.body);
    const action = form.get("Action") ?? "";
    const signed = signerOf(asked, secrets);
    if (action === "AssumeRole" && signed.fault) return toError(signed.fault);
    const call = toCall(form, action, signed);
    calls.push(call);
    const given = await sts.gives(call);
    if ("code" in given) return toError(given);
    secrets.set(given.accessKeyId, given.secretAccessKey);
    return toAnswer(action, call.role, given);
  });
  const sts: Sts = {
    url: server.url,
    close: server.close,
    calls,
    gives: ({ role }) => session(role.slice(role.lastIndexOf("/") + 1)),
  };
  return sts;
}

interface Signed {
  accessKeyId?: string;
  region?: string;
  fault?: Refusal;
}

function signerOf(asked: Asked, secrets: ReadonlyMap<string, string>): Signed {
  const header = asked.headers.authorization;
  if (header === undefined)
    return { fault: refusal("MissingAuthenticationToken", "Request is missing a token") };
  const said = parseSigV4(sigV4Parameters(header));
  if (said?.service !== "sts") return { fault: refusal("IncompleteSignature", "Not signed for sts.") };
  const secret = secrets.get(said.accessKeyId);
  if (secret === undefined)
    return {
      fault: refusal("InvalidClientTokenId", "The security token included in the request is invalid."),
    };
  const message = {
    method: asked.method,
    target: asked.target,
    headers: asked.headers as Record<string, string>,
    body: Buffer.from(asked.body),
  };
  if (signature(secret, said, message) !== said.signature)
    return { fault: refusal("SignatureDoesNotMatch", "The request signature we calculated does not match.") };
  return { accessKeyId: said.accessKeyId, region: said.region };
}

const refusal = (code: string, message: string): Refusal => ({ status: 403, code, message });

function toCall(form: URLSearchParams, action: string, { accessKeyId, region }: Signed): RoleCall {
  const text = (name: string): string | undefined => form.get(name) ?? undefined;
  const tags: Record<string, string> = {};
  for (let index = 1; form.has(`Tags.member.${index}.Key`); index += 1)
    tags[form.get(`Tags.member.${index}.Key`)!] = form.get(`Tags.member.${index}.Value`) ?? "";
  return {
    action,
    role: text("RoleArn") ?? "",
    sessionName: text("RoleSessionName"),
    externalId: text("ExternalId"),
    duration: text("DurationSeconds"),
    tags,
    webIdentityToken: text("WebIdentityToken"),
    signedBy: accessKeyId,
    region,
  };
}

const XML = { "content-type": "text/xml", "x-amzn-requestid": "c6104cbe-af31-11e0-8154-cbc7ccf896c7" };
const NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

function toAnswer(action: string, role: string, given: Session): Answer {
  const credentials =
    `<Credentials><AccessKeyId>${given.accessKeyId}</AccessKeyId>` +
    `<SecretAccessKey>${given.secretAccessKey}</SecretAccessKey><SessionToken>${given.sessionToken}</SessionToken>` +
    `<Expiration>${given.expiration.toISOString()}</Expiration></Credentials>`;
  const user =
    `<AssumedRoleUser><Arn>${role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/session</Arn>` +
    `<AssumedRoleId>ARO123EXAMPLE123:session</AssumedRoleId></AssumedRoleUser>`;
  return {
    headers: XML,
    body:
      `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${credentials}${user}</${action}Result>` +
      `<ResponseMetadata><RequestId>c6104cbe</RequestId></ResponseMetadata></${action}Response>`,
  };
}

const toError = ({ status, code, message }: Refusal): Answer => ({
  status,
  headers: XML,
  body:
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code>` +
    `<Message>${message}</Message></Error><RequestId>c6104cbe</RequestId></ErrorResponse>`,
});
