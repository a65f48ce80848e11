import { platform, release } from "node:os";

/** What is no letter of a name, or of what stands behind it. */
const OUTSIDE_NAME = /[^!$%&'*+\-.^_`|~\w]/g;
const OUTSIDE_VALUE = /[^!$%&'*+\-.^_`|~\w#]/g;

const section = (name: string, value?: string): string => {
  const clean = name
    .split("/")
    .map((part) => part.replaceAll(OUTSIDE_NAME, "-"))
    .join("/");
  return value ? `${clean}#${value.replaceAll(OUTSIDE_VALUE, "-")}` : clean;
};

const RUNTIMES = ["deno", "bun", "llrt"];

function runtime(): string {
  const { versions } = process;
  const name = RUNTIMES.find((each) => versions[each]) ?? "node";
  return section(name === "node" ? "md/nodejs" : `md/${name}`, versions[name]);
}

/**
 * What the SDK's client tells AWS of itself and of where it runs.
 * @param version That of the client.
 * @param features What is made use of, by the SDK's names and letters.
 */
export function userAgent(version: string, features: Readonly<Record<string, string>>): string {
  const { AWS_EXECUTION_ENV: environment } = process.env;
  return [
    sdkAgent(version),
    "ua/2.1",
    section(`os/${platform()}`, release()),
    "lang/js",
    runtime(),
    section("api/bedrock-runtime", version),
    ...(environment ? [section(`exec-env/${environment}`)] : []),
    `m/${Object.values(features).join(",")}`,
  ].join(" ");
}

/** The same in short. */
export const sdkAgent = (version: string): string => `aws-sdk-js/${version}`;
