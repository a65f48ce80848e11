import type { Entry } from "../shape.ts";

type Token = NonNullable<Entry["webIdentityToken"]>;

/** LiteLLM's ways to say where a web identity token lies; a token itself, a path and a variable need no word before them. */
const FORMS: readonly (readonly [RegExp, (text: string) => Token])[] = [
  [/^oidc\/file\/(.+)$/, (file) => ({ file })],
  [/^oidc\/env\/(\w+)$/, (env) => ({ env })],
  [/^([\w-]+\.[\w-]+\.[\w-]+)$/, (token) => token],
  [/^((?!oidc\/).*[/\\].*)$/, (file) => ({ file })],
  [/^([A-Za-z_]\w*)$/, (env) => ({ env })],
];

/** LiteLLM's `aws_web_identity_token` as the option `webIdentityToken`; undefined for a provider that has to be asked. */
export function webIdentityIn(text: string): Token | undefined {
  for (const [form, toToken] of FORMS) {
    const [, found] = form.exec(text) ?? [];
    if (found !== undefined) return toToken(found);
  }
  return undefined;
}
