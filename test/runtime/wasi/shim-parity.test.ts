/**
 * Our WASI host functions, held against those of preview2-shim: an interface that lacks a function would trap the first
 * guest that calls it. The shim is read in a process of its own, since it starts a worker thread when it is loaded.
 */
import { describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { wasiImports } from "../../../runtime/wasi/index.ts";

type Shape = Record<string, { functions: string[]; classes: Record<string, string[]> }>;

const ours = wasiImports({
  send: () => {
    throw new Error("no request is sent here");
  },
  onSocketRefused: () => {},
  scope: { ended: new AbortController().signal, cancelled: new Promise<never>(() => {}) },
  environment: [],
  stdout: () => {},
  stderr: () => {},
} as unknown as Parameters<typeof wasiImports>[0]);

const program = `
  const names = { cli: "cli", clocks: "clocks", filesystem: "filesystem", io: "io", random: "random", http: "http", sockets: "sockets" };
  const kebab = (text) => text.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());
  const isClass = (value) => typeof value === "function" && /^class\\b/.test(Function.prototype.toString.call(value));
  const shape = {};
  for (const name of Object.values(names)) {
    const shim = await import("@bytecodealliance/preview2-shim/" + name);
    for (const [key, members] of Object.entries(shim)) {
      if (typeof members !== "object" || members === null || key.startsWith("_")) continue;
      const own = { functions: [], classes: {} };
      for (const [member, value] of Object.entries(members)) {
        if (isClass(value)) own.classes[member] = Object.getOwnPropertyNames(value.prototype).filter((it) => it !== "constructor" && it !== "noop" && !it.startsWith("_"));
        else if (typeof value === "function") own.functions.push(member);
      }
      shape["wasi:" + name + "/" + kebab(key)] = own;
    }
  }
  process.stdout.write(JSON.stringify(shape), () => process.exit(0));
`;
const shim = JSON.parse(
  execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }),
) as Shape;

/** No call hands these out: files are not granted yet, and every socket is refused, so their methods are out of reach. */
const neverHandedOut = new Set([
  "Descriptor",
  "DirectoryEntryStream",
  "TcpSocket",
  "UdpSocket",
  "IncomingDatagramStream",
  "OutgoingDatagramStream",
  "ResolveAddressStream",
]);

describe("wasi host functions", () => {
  const shared = Object.keys(ours).filter((name) => name in shim);

  test("most interfaces are in the shim, so that this comparison means something", () => {
    expect(shared.length).toBeGreaterThan(20);
  });

  test.each(shared)("%s has every function and method that the shim has", (name) => {
    const offered = ours[name] as Record<string, unknown>;
    const { functions, classes } = shim[name]!;
    const missing = functions.filter((key) => typeof offered[key] !== "function");
    for (const [key, methods] of Object.entries(classes)) {
      const prototype = (offered[key] as { prototype?: Record<string, unknown> } | undefined)?.prototype;
      if (prototype === undefined) missing.push(key);
      else if (neverHandedOut.has(key)) continue;
      else
        missing.push(
          ...methods.filter((method) => !(method in prototype)).map((method) => `${key}.${method}`),
        );
    }
    expect(missing).toEqual([]);
  });
});
