import { fail } from "../wit-error.ts";

/** A header or trailer. Names keep the case they were given in. */
export type Field = [name: string, value: Uint8Array];

/** What real Spin forbids a guest to set: fields that belong to the connection. */
const forbiddenNames = new Set([
  "connection",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

export function isForbiddenField(name: string): boolean {
  return forbiddenNames.has(name.toLowerCase());
}

/** wasi:http/types `fields`. */
export class Fields {
  #entries: Field[] = [];
  #isImmutable = false;

  static fromList(entries: readonly Field[]): Fields {
    for (const [name, value] of entries) checkField(name, [value]);
    return Fields.of(entries);
  }

  /** Fields that are not checked, such as those of a received message. */
  static of(entries: readonly Field[]): Fields {
    const fields = new Fields();
    fields.#entries = entries.map(([name, value]) => [name, value]);
    return fields;
  }

  /** The entries of `fields`, for the host. */
  static entriesOf(fields: Fields): readonly Field[] {
    return fields.#entries;
  }

  /** The same entries, as a child of a message: it may be read and never changed. */
  static immutable(fields: Fields): Fields {
    const child = Fields.of(fields.#entries);
    child.#isImmutable = true;
    return child;
  }

  get(name: string): Uint8Array[] {
    return this.#named(name).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.#named(name).length > 0;
  }

  set(name: string, values: Uint8Array[]): void {
    this.#checkMutable();
    checkField(name, values);
    this.#remove(name);
    for (const value of values) this.#entries.push([name, value]);
  }

  delete(name: string): void {
    this.#checkMutable();
    checkField(name, []);
    this.#remove(name);
  }

  append(name: string, value: Uint8Array): void {
    this.#checkMutable();
    checkField(name, [value]);
    this.#entries.push([name, value]);
  }

  entries(): Field[] {
    return this.#entries;
  }

  clone(): Fields {
    return Fields.of(this.#entries);
  }

  #named(name: string): Field[] {
    const wanted = name.toLowerCase();
    return this.#entries.filter(([other]) => other.toLowerCase() === wanted);
  }

  #remove(name: string): void {
    const wanted = name.toLowerCase();
    this.#entries = this.#entries.filter(([other]) => other.toLowerCase() !== wanted);
  }

  #checkMutable(): void {
    if (this.#isImmutable) fail({ tag: "immutable" });
  }
}

/** RFC 9110 5.1: a token; 5.5: visible characters, blanks and bytes above 127. */
function checkField(name: string, values: readonly Uint8Array[]): void {
  const isValid = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) && values.every(isFieldValue);
  if (!isValid) fail({ tag: "invalid-syntax" });
  if (isForbiddenField(name)) fail({ tag: "forbidden" });
}

function isFieldValue(value: Uint8Array): boolean {
  return value.every((byte) => byte === 0x09 || (byte >= 0x20 && byte !== 0x7f));
}
