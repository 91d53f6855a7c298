/** wasi:http/types `method`. */
export interface Method {
  tag: string;
  val?: string;
}

const known = new Set(["get", "head", "post", "put", "delete", "connect", "options", "trace", "patch"]);

/** From the wire, where methods are case-sensitive and the known ones upper case. */
export function parseMethod(text: string): Method {
  const tag = text.toLowerCase();
  return known.has(tag) && tag.toUpperCase() === text ? { tag } : { tag: "other", val: text };
}

export function renderMethod(method: Method): string {
  return method.tag === "other" ? (method.val ?? "") : method.tag.toUpperCase();
}

export function isMethod(method: Method): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(renderMethod(method));
}
