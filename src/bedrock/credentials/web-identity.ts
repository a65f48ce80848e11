import { readFile } from "node:fs/promises";
import type { WebIdentityToken } from "../clients/identity.ts";
import { credentialsMissing, credentialsUnavailable } from "./failures.ts";

/** The token as it stands now: whoever puts it into a file or a variable renews it there. */
export async function readWebIdentityToken(source: WebIdentityToken): Promise<string> {
  const token = (await textOf(source)).trim();
  if (token === "") throw credentialsMissing("The web identity token of this server is empty.");
  return token;
}

async function textOf(source: WebIdentityToken): Promise<string> {
  if (typeof source === "string") return source;
  if (typeof source === "function") return called(source);
  if ("env" in source) return process.env[source.env] ?? "";
  try {
    return await readFile(source.file, "utf8");
  } catch (thrown) {
    throw credentialsMissing("The file of this server's web identity token cannot be read.", thrown);
  }
}

async function called(source: () => string | Promise<string>): Promise<string> {
  try {
    return String((await source()) ?? "");
  } catch (thrown) {
    throw credentialsUnavailable("webIdentityToken", thrown);
  }
}
