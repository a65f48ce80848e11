import * as fc from "fast-check";

/** What model strings are made of, and what would break out of one. */
const PIECES = [
  ..."./:\\?#%@[]*- \n\r\0",
  ..."..|//|%2e|%2F|bedrock/|converse/|invoke/|openai/|mantle/|llama/|nova/|us-east-1/|us-gov-west-1/|evil.com/".split(
    "|",
  ),
  ..."arn:aws:bedrock:|us-east-1:|123456789012:|:|imported-model/|foundation-model/|prompt/|endpoint/|custom-model/".split(
    "|",
  ),
  ..."us.|global.|amazon.nova-pro-v1:0|anthropic.claude-v2|openai.gpt-oss-120b|xai.grok-4.6|:51k|[1m]|stability.".split(
    "|",
  ),
  ..."__proto__|constructor|converse_like/|٣|/|․|​".split("|"),
];

/** Any string, most of them near to the name of a model. */
export const anyModelName: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join("")),
  fc
    .tuple(fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }), fc.string({ maxLength: 10 }))
    .map(([pieces, text]) => `${pieces.join("")}${text}`),
);
