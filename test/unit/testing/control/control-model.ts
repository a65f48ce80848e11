import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** AWS's service model of the control plane, where it lies beside the project. */

interface Ref {
  shape: string;
  locationName?: string;
  location?: string;
}

interface ModelShape {
  type: string;
  required?: string[];
  members?: Record<string, Ref>;
  member?: Ref;
  enum?: string[];
  pattern?: string;
  min?: number;
  max?: number;
}

interface ServiceModel {
  operations: Record<
    string,
    { http: { requestUri: string }; input: { shape: string }; output: { shape: string } }
  >;
  shapes: Record<string, ModelShape>;
}

const FILE = join(process.cwd(), "../shared/data/bedrock.service.json");

export const hasControlModel = (): boolean => existsSync(FILE);

export const readControlModel = (): ServiceModel => JSON.parse(readFileSync(FILE, "utf8")) as ServiceModel;

/** Names and enums that AWS's own answers outgrow: dots and brackets in names, newer modalities. */
const OUTGROWN = new Set(["ModelModality", "InferenceType"]);

/** What is wrong with an operation's answer: unknown or missing members, wrong types, values and ARNs. */
export function controlProblems(operation: string, answer: unknown): string[] {
  const { operations, shapes } = readControlModel();
  const judge = (name: string, value: unknown, at: string): string[] => {
    const shape = shapes[name]!;
    const { members = {}, member, required = [] } = shape;
    if (shape.type === "structure") {
      const given = value as Record<string, unknown>;
      const unknown = Object.keys(given).filter((key) => !(key in members));
      const missing = required.filter((key) => !(key in given));
      return [
        ...[...unknown, ...missing].map((key) => `${at}.${key} should ${key in given ? "not " : ""}be there`),
        ...Object.entries(given).flatMap(([key, item]) =>
          members[key] ? judge(members[key].shape, item, `${at}.${key}`) : [],
        ),
      ];
    }
    if (member) {
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((item, index) => judge(member.shape, item, `${at}[${index}]`));
    }
    return scalarProblem(shape, name, value).map((problem) => `${at}: ${problem}`);
  };
  return judge(operations[operation]!.output.shape, answer, operation);
}

function scalarProblem({ type, enum: values, pattern }: ModelShape, name: string, value: unknown): string[] {
  const types: Record<string, boolean> = {
    string: typeof value === "string",
    timestamp: typeof value === "string" && !Number.isNaN(Date.parse(value)),
    integer: Number.isInteger(value),
    double: typeof value === "number",
    boolean: typeof value === "boolean",
    map: typeof value === "object",
  };
  if (!types[type]) return [`no ${type}: ${JSON.stringify(value)}`];
  if (OUTGROWN.has(name)) return [];
  const text = String(value);
  if (values && !values.includes(text)) return [`${text} is not one of ${values.join(", ")}`];
  // The ARNs of global profiles name no Region, and those of the account's own routers have no pattern yet.
  const exempt = !name.endsWith("Arn") || /bedrock:::|:prompt-router\//.test(text);
  return pattern && !exempt && !new RegExp(`^(?:${pattern})$`).test(text)
    ? [`${text} does not match ${pattern}`]
    : [];
}
