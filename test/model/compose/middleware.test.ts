/** Rule 1.5.1: HTTP middleware, chained by the handler of WASI 0.3, whose functions are asynchronous. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type ComposedDependency, composeComponent } from "../../../model/compose/compose-component.ts";
import { importsIn, judge } from "./judge.ts";

const packages = `
package wasi:clocks@0.3.0 { interface system-clock { now: func() -> u64; } }
package wasi:http@0.3.0 {
  interface types {
    resource request { constructor(body: stream<u8>); }
    resource response;
    variant error-code { DNS-timeout, internal-error(option<string>) }
  }
  interface handler {
    use types.{request, response, error-code};
    handle: async func(request: request) -> result<response, error-code>;
  }
  interface client {
    use types.{request, response, error-code};
    send: async func(request: request) -> result<response, error-code>;
  }
}`;

const handler = "wasi:http/handler@0.3.0";
const worlds = [
  `world middleware { import ${handler}; import wasi:http/client@0.3.0; export ${handler}; }`,
  `world primary { import wasi:clocks/system-clock@0.3.0; export ${handler}; export run: func(); }`,
];

let middleware: Uint8Array;
let primary: Uint8Array;
beforeAll(() => {
  const script = fileURLToPath(new URL("dummy.ts", import.meta.url));
  const input = JSON.stringify(worlds.map((world) => `package acme:app; ${world}${packages}`));
  const output = execFileSync(process.execPath, [script], { input, encoding: "utf8" });
  const [first = "", second = ""] = JSON.parse(output) as string[];
  middleware = Uint8Array.from(Buffer.from(first, "base64"));
  primary = Uint8Array.from(Buffer.from(second, "base64"));
});

const chained = (...chain: ComposedDependency[]): string => {
  const composed = composeComponent({
    id: "app",
    bytes: primary,
    dependencies: new Map(),
    middleware: chain,
  });
  return judge(composed)[0] ?? "";
};

describe("a chain of middleware", () => {
  const always = ["wasi:clocks/system-clock@0.3.0", "wasi:http/types@0.3.0"];

  test("exports the handler of the outermost, and nothing else", () => {
    const wit = chained({ bytes: middleware, inherit: "All" }, { bytes: middleware, inherit: "All" });
    expect(importsIn(wit)).toEqual([...always, "wasi:http/client@0.3.0"].sort());
    expect([...wit.matchAll(/^ {2}export .*$/gm)].map(([line]) => line.trim())).toEqual([
      `export ${handler};`,
    ]);
  });

  test("keeps from each what it does not inherit", () => {
    expect(importsIn(chained({ bytes: middleware }, { bytes: middleware }))).toEqual(always);
    const one = chained(
      { bytes: middleware, inherit: { Some: ["allowed_outbound_hosts"] } },
      { bytes: middleware },
    );
    expect(importsIn(one)).toEqual([...always, "wasi:http/client@0.3.0"].sort());
  });
});
