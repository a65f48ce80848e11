import * as z from "../schema/z.ts";
import { textRecord } from "./text-record.ts";

const text = (most: number) => z.string().min(1).max(most).nullish();

/** An OpenID Connect token itself: a path or the name of a variable would be read on the server. */
const token = z
  .string()
  .max(20_000)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, "expected the token itself")
  .nullish();

const tagList = z
  .array(z.object({ Key: z.string(), Value: z.string() }))
  .max(50)
  .transform((tags): Record<string, string> =>
    Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
  );

/** What a request may say of who calls AWS for it, where the operator lets it. Source: LiteLLM's names of them. */
export const accessParameters = {
  aws_access_key_id: text(128),
  aws_secret_access_key: text(128),
  aws_session_token: text(20_000),
  aws_role_name: text(2_048),
  aws_session_name: text(64),
  aws_external_id: text(1_224),
  aws_session_tags: z.union([tagList, textRecord]).nullish(),
  aws_web_identity_token: token,
  aws_region_name: text(64),
  aws_bedrock_runtime_endpoint: text(2_048),
  api_base: text(2_048),
  api_key: text(20_000),
  extra_headers: textRecord.nullish(),
};

export const accessRequest = z.object(accessParameters);

export type AccessRequest = z.output<typeof accessRequest>;
