import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const builtin = fileURLToPath(new URL("../lib/wit/builtin/", import.meta.resolve("@bytecodealliance/jco")));

/** The engine inside componentize-js is built for this version. */
const version = "0.2.10";

const world = `package test:guest;
world guest {
  import wasi:http/types@${version};
  import wasi:http/outgoing-handler@${version};
  import wasi:io/poll@${version};
  import wasi:io/streams@${version};
  import wasi:clocks/monotonic-clock@${version};
  import fermyon:spin/key-value@2.0.0;
  import fermyon:spin/variables@2.0.0;
  export wasi:http/incoming-handler@${version};
}
`;

const spin = `package fermyon:spin@2.0.0 {
  interface key-value {
    resource store {
      open: static func(label: string) -> result<store, error>;
      get: func(key: string) -> result<option<list<u8>>, error>;
      set: func(key: string, value: list<u8>) -> result<_, error>;
      delete: func(key: string) -> result<_, error>;
      exists: func(key: string) -> result<bool, error>;
      get-keys: func() -> result<list<string>, error>;
    }
    variant error { store-table-full, no-such-store, access-denied, other(string) }
  }
  interface variables {
    get: func(name: string) -> result<string, error>;
    variant error { invalid-name(string), undefined(string), provider(string), other(string) }
  }
}
`;

/** The world of the test guest as one text: packages nested, so that no tool has to open files. */
export function guestWit(): string {
  const http = nestedPackage("0.2.12/wasi-http").replaceAll("0.2.12", version);
  return world + spin + ["0.2.10/wasi-io", "0.2.10/wasi-clocks"].map(nestedPackage).join("") + http;
}

/** The world that imports these interfaces of WASI 0.2.12 and of Spin, by name without version. */
export function importingWit(interfaces: readonly string[]): string {
  const imports = interfaces.map(
    (name) => `import ${name}@${name.startsWith("wasi:") ? "0.2.12" : "2.0.0"};`,
  );
  const packages = ["io", "clocks", "random", "filesystem", "sockets", "cli", "http"];
  return [
    `package test:imports;\nworld imports {\n${imports.join("\n")}\n}\n`,
    spin,
    ...packages.map((name) => nestedPackage(`0.2.12/wasi-${name}`)),
  ].join("");
}

function nestedPackage(folder: string): string {
  const text = readFileSync(`${builtin}${folder}/package.wit`, "utf8");
  const [statement = "", name = ""] = /^\s*package\s+([^;{]+);/m.exec(text) ?? [];
  const interfaces = text.replace(statement, "").replaceAll(/(^|\n)(@[^\n]*\n)*world [^{]*\{[^}]*\}/g, "\n");
  return `package ${name} {\n${interfaces}\n}\n`;
}
