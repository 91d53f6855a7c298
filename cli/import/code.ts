/** Values as TypeScript, laid out as a person would: on one line where it fits, else a member a line. */

/** An expression that stands as it is: a name, a call. */
export class Expression {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A member with the comment lines that stand above it. */
export interface Member {
  key: string;
  value: unknown;
  comments?: readonly string[];
}

/** An object whose members have an order, and comments. */
export class Members {
  readonly list: readonly Member[];
  constructor(list: readonly (Member | undefined)[]) {
    this.list = list.filter((it) => it !== undefined && it.value !== undefined) as Member[];
  }
}

const width = 100;

/** `column` is where the value begins, `indent` where its line does. */
export function code(value: unknown, indent = 0, column = indent): string {
  const short = inline(value);
  if (short !== undefined && column + short.length <= width) return short;
  const pad = " ".repeat(indent + 2);
  if (value instanceof Members) {
    const lines = value.list.flatMap(({ key, value: member, comments = [] }) => [
      ...comments.map((it) => `${pad}${commentLine(it)}`),
      memberLine(pad, key, member, indent),
    ]);
    return `{\n${lines.join("\n")}\n${" ".repeat(indent)}}`;
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((it) => [
      ...(it instanceof Call ? it.comments : []).map((comment) => `${pad}${commentLine(comment)}\n`),
      `${pad}${code(it instanceof Call ? new Call(it.kind, it.name, it.args) : it, indent + 2)},\n`,
    ]);
    return `[\n${items.join("")}${" ".repeat(indent)}]`;
  }
  if (value instanceof Call)
    return `new ${value.kind}(${text(value.name)}, ${code(value.args, indent, column + value.kind.length + value.name.length + 9)})`;
  if (typeof value === "object" && value !== null && !(value instanceof Expression))
    return code(new Members(Object.entries(value).map(([key, it]) => ({ key, value: it }))), indent, column);
  return short ?? inline(value) ?? "undefined";
}

/** `new Kind("name", { … })` */
export class Call {
  readonly kind: string;
  readonly name: string;
  readonly args: Members;
  /** Lines above it, where it stands in a list. */
  readonly comments: readonly string[];
  constructor(kind: string, name: string, args: Members, comments: readonly string[] = []) {
    this.kind = kind;
    this.name = name;
    this.args = args;
    this.comments = comments;
  }
}

export function commentLine(comment: string): string {
  return `// ${printable(comment)}`.trimEnd();
}

function memberLine(pad: string, key: string, value: unknown, indent: number): string {
  const name = keyOf(key);
  if (value instanceof Expression && value.text === name) return `${pad}${name},`;
  return `${pad}${name}: ${code(value, indent + 2, indent + 4 + name.length)},`;
}

/** `undefined` for what must not stand on one line. */
function inline(value: unknown): string | undefined {
  if (value instanceof Expression) return value.text;
  if (typeof value === "string") return text(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value instanceof Call) {
    if (value.comments.length > 0) return undefined;
    const args = inline(value.args);
    if (args === undefined) return undefined;
    return `new ${value.kind}(${text(value.name)}${args === "{}" ? "" : `, ${args}`})`;
  }
  if (Array.isArray(value)) {
    const items = value.map(inline);
    return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  const members =
    value instanceof Members ? value.list : Object.entries(value).map(([key, it]) => ({ key, value: it }));
  if (members.some((it) => "comments" in it && it.comments?.length)) return undefined;
  const shown = members.map(({ key, value: member }) => {
    const it = inline(member);
    if (it === undefined) return undefined;
    return it === keyOf(key) && member instanceof Expression ? it : `${keyOf(key)}: ${it}`;
  });
  if (shown.includes(undefined)) return undefined;
  return shown.length === 0 ? "{}" : `{ ${shown.join(", ")} }`;
}

function keyOf(key: string): string {
  // As a member of a literal, `__proto__` would set the prototype.
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : text(key);
}

function text(value: string): string {
  return printable(JSON.stringify(value.toWellFormed()));
}

/** Nothing that would end a line or steer a terminal. */
function printable(value: string): string {
  return value.replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
