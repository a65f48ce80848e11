import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A shape as AWS's service model writes it. */
export interface ModelShape {
  type: string;
  required?: string[];
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
  enum?: string[];
  pattern?: string;
  min?: number;
  max?: number;
  union?: boolean;
  document?: boolean;
}

type Service = "bedrock-runtime" | "bedrock-agent-runtime";

const fileOf = (service: Service): string => join(process.cwd(), `../shared/data/${service}.service.json`);

/** Whether AWS's service model lies beside this checkout. */
export const hasServiceModel = (service: Service = "bedrock-runtime"): boolean => existsSync(fileOf(service));

/** Every shape of the model, by name. */
export const readServiceModel = (service: Service = "bedrock-runtime"): Record<string, ModelShape> =>
  (JSON.parse(readFileSync(fileOf(service), "utf8")) as { shapes: Record<string, ModelShape> }).shapes;

/**
 * A judge over one shape of AWS's service model: what is wrong with a value, an empty list where nothing is. Members
 * that the model does not know are wrong too, although AWS would only ignore them.
 */
export function createShapeJudge(name: string, service?: Service): (value: unknown) => string[] {
  const shapes = readServiceModel(service);
  const judge = (shapeName: string, value: unknown, at: string): string[] => {
    const shape = shapes[shapeName]!;
    if (shape.document) return [];
    const wrong = typeProblem(shape, value);
    if (wrong) return [`${at}: ${wrong}`];
    const sized = sizeProblem(shape, value).map((problem) => `${at}: ${problem}`);
    return [
      ...sized,
      ...childrenOf(shape, value, at).flatMap(([child, each, path]) => judge(child, each, path)),
    ];
  };
  return (value) => judge(name, value, name);
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  blob: (value) => typeof value === "string" && value === btoa(atob(value)),
  boolean: (value) => typeof value === "boolean",
  integer: (value) => Number.isInteger(value),
  long: (value) => Number.isInteger(value),
  float: (value) => typeof value === "number",
  double: (value) => typeof value === "number",
  list: Array.isArray,
  map: (value) => isObject(value),
  structure: (value) => isObject(value),
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function typeProblem(shape: ModelShape, value: unknown): string | undefined {
  const is = TYPES[shape.type];
  if (!is) return `the judge knows no ${shape.type}`;
  if (!is(value)) return `not a ${shape.type}: ${JSON.stringify(value)}`;
  if (!isObject(value) || shape.type !== "structure") return undefined;
  const given = Object.keys(value);
  const unknown = given.find((key) => !Object.hasOwn(shape.members ?? {}, key));
  const missing = shape.required?.find((key) => value[key] === undefined);
  if (unknown !== undefined) return `unknown member ${unknown}`;
  if (missing !== undefined) return `missing member ${missing}`;
  return shape.union && given.length !== 1 ? `a union of ${given.length}: ${given.join(", ")}` : undefined;
}

function sizeProblem({ min, max, pattern, enum: values }: ModelShape, value: unknown): string[] {
  const size = sizeOf(value);
  return [
    ...(size !== undefined && (size < (min ?? size) || size > (max ?? size)) ? [`size ${size}`] : []),
    ...(values && !values.includes(String(value)) ? [`not one of ${values.join(", ")}`] : []),
    ...(pattern && !new RegExp(`^(?:${pattern})$`).test(String(value)) ? [`does not match ${pattern}`] : []),
  ];
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

type Child = [shape: string, value: unknown, at: string];

function childrenOf(
  { type, members, member, key, value: of }: ModelShape,
  value: unknown,
  at: string,
): Child[] {
  if (type === "list" && member)
    return (value as unknown[]).map((item, index): Child => [member.shape, item, `${at}[${index}]`]);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]): Child[] =>
    type === "map"
      ? [
          [key!.shape, name, `${at} key`],
          [of!.shape, item, `${at}.${name}`],
        ]
      : item === undefined
        ? []
        : [[members![name]!.shape, item, `${at}.${name}`]],
  );
}
