/** WIT names as JavaScript: `get-random-bytes` → `getRandomBytes`, `output-stream` → `OutputStream`. */

export function lowerCamel(name: string): string {
  const [first = "", ...rest] = name.split("-");
  return first.toLowerCase() + rest.map(capitalized).join("");
}

export function pascal(name: string): string {
  return name.split("-").map(capitalized).join("");
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

/** Text of a JavaScript string; whatever a component names stays text. */
export function literal(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** How a function is called: of an interface, or of a resource's class. */
export type FunctionName =
  | { kind: "plain"; name: string }
  | { kind: "constructor"; resource: string }
  | { kind: "method" | "static"; resource: string; name: string };

/** `[method]output-stream.write` and its like (Explainer.md: `plainname`). */
export function parseFunctionName(text: string): FunctionName {
  const match = /^\[(constructor|method|static)\]([^.]+)(?:\.(.+))?$/.exec(text);
  const [, kind, resource = "", name = ""] = match ?? [];
  if (kind === "constructor") return { kind, resource };
  if (kind === "method" || kind === "static") return { kind, resource, name };
  return { kind: "plain", name: text };
}
