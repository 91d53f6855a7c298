/** What the bundled host gives a guest, and an application of which only some components run. */
import { mkdtempSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { checkTarget, selectComponents } from "../../model/index.ts";
import { AppLogs } from "../../runtime/factors/logs/app-logs.ts";
import { AppVariables } from "../../runtime/factors/variables/app-variables.ts";
import { variablesImports } from "../../runtime/factors/variables/index.ts";
import { callChained } from "../../runtime/triggers/http/chain.ts";
import { HttpApp } from "../../runtime/triggers/http/http-app.ts";
import { GuestExit } from "../../runtime/wasi/cli/guest-exit.ts";
import { cliImports } from "../../runtime/wasi/cli/index.ts";
import { LineSink } from "../../runtime/wasi/cli/line-sink.ts";
import { caught } from "../support/caught.ts";
import { head, lock } from "./spin-toml.ts";

describe("variables and environment", () => {
  const variables = new AppVariables(
    new Map([
      ["token", {}],
      ["greeting", { default: "Hello" }],
    ]),
    () => ({}),
  );
  const templates = { message: "{{ greeting }}, world", secret: "{{ token }}" };
  const { get } = variablesImports({ component: "web", templates, variables, refuse: () => {} })[
    "fermyon:spin/variables"
  ] as { get: (name: string) => string };
  const payload = (name: string): unknown => {
    try {
      return get(name);
    } catch (error) {
      return (error as { payload?: unknown }).payload;
    }
  };

  test("5.5 a component sees its own variables", () => {
    expect(get("message")).toBe("Hello, world");
  });

  test.each([
    ["a variable of the application that is not the component's", "greeting", "undefined"],
    ["a name of bad syntax", "No-Name", "invalid-name"],
    ["a variable without a value", "secret", "provider"],
  ])("5.5 the error for %s", (_what, name, tag) => {
    expect(payload(name)).toMatchObject({ tag, val: expect.any(String) });
  });

  const sink = new LineSink(() => {});
  const cli = cliImports({ environment: { OWN: "1" }, stdout: sink, stderr: sink }) as Record<
    string,
    Record<string, (...args: never[]) => unknown>
  >;

  test("5.5 the environment is the manifest's, never the host's; no arguments, no working directory", () => {
    expect(process.env["PATH"]).toBeDefined();
    expect(cli["wasi:cli/environment"]?.["getEnvironment"]?.()).toEqual([["OWN", "1"]]);
    expect(cli["wasi:cli/environment"]?.["getArguments"]?.()).toEqual([]);
    expect(cli["wasi:cli/environment"]?.["initialCwd"]?.()).toBeUndefined();
  });

  test("5.5 exit ends the instance", () => {
    const exit = cli["wasi:cli/exit"]?.["exit"] as (status: { tag: "ok" | "err" }) => unknown;
    expect(() => exit({ tag: "ok" })).toThrow(GuestExit);
  });
});

test("5.6 files are mounted by a host or refused before anything runs, never left out", () => {
  const grants = [{ files: ["assets/*"] }];
  expect(checkTarget([{ id: "web", grants }] as never, "bundled-host")).toMatchObject([
    { code: "ERR_SPIN_TARGET_GRANT", severity: "error" },
  ]);
});

describe("a selective run", () => {
  const shop = (hosts: string): string => `${head}
[[trigger.http]]
route = "/a"
component = "a"
[[trigger.http]]
route = "/b"
component = "b"
[[trigger.http]]
route = "/static"
static_response = { body = "x" }
[component.a]
source = "a.wasm"
allowed_outbound_hosts = [${hosts}]
[component.b]
source = "b.wasm"
[component.idle]
source = "idle.wasm"
`;
  const idsOf = (hosts: string, ids: string[]): unknown => {
    const { components, triggers } = selectComponents(lock(shop(hosts)), ids);
    return [components.map(({ id }) => id), triggers.map(({ trigger_config: { route } }) => route)];
  };

  test("5.8 keeps components and their triggers", () => {
    expect(idsOf('"https://example.com"', ["a"])).toEqual([["a"], ["/a"]]);
    expect(idsOf('"http://b.spin.internal"', ["a", "b"])).toEqual([
      ["a", "b"],
      ["/a", "/b"],
    ]);
    expect(idsOf("", ["idle"])).toEqual([[], []]);
  });

  test("5.8 refuses what is not there, and calls to what is left out, all at once", () => {
    const { code, message } = caught(() =>
      selectComponents(lock(shop('"http://b.spin.internal", "http://*.spin.internal"')), ["a", "idel"]),
    );
    expect(code).toBe("ERR_SPIN_LOCK_SELECTION");
    expect(message).toBe(
      'The application has no component "idel": did you mean "idle". ' +
        'The component "a" may call "b", which is left out (http://b.spin.internal). ' +
        'The component "a" may call every component; name those it calls (http://*.spin.internal).',
    );
  });
});

describe("bytes on the wire", () => {
  const failing = { id: "a", acquire: () => Promise.reject(new Error("no")), onFailure: () => {} };
  const app = new HttpApp({ name: "shop" }, [{ route: "/fails", target: { component: failing as never } }], {
    requestBodyBytes: 1024,
  });

  test.each([
    ["/.well-known/spin/health", 200, "OK"],
    ["/nowhere", 404, ""],
    ["/fails", 500, ""],
  ])("9.5 %s answers %i and %j, no more", async (path, status, body) => {
    const server = createServer((request, response) => {
      void app.handle(request, response, new AbortController().signal);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    expect([response.status, await response.text()]).toEqual([status, body]);
    expect(response.headers.get("content-type")).toBeNull();
    server.close();
    server.closeAllConnections();
  });

  test("9.5 a chained request comes from 0.0.0.0:0", async () => {
    const seen: string[] = [];
    const request = { method: "GET", pathWithQuery: "/x", headers: [], authority: "b.spin.internal" };
    const spied = {
      id: "b",
      onFailure: () => {},
      acquire: () =>
        Promise.resolve({
          release: () => {},
          cancelled: new Promise(() => {}),
          handler: {
            handle: (incoming: { headers(): { entries(): [string, Uint8Array][] } }) => {
              for (const [name, value] of incoming.headers().entries())
                if (name === "spin-client-addr") seen.push(Buffer.from(value).toString());
              return Promise.resolve();
            },
          },
        }),
    };
    await callChained(spied as never, request as never, new AbortController().signal);
    expect(seen).toEqual(["0.0.0.0:0"]);
  });

  test("9.5 logs are named after the component, with what no file name may have as _", () => {
    const folder = mkdtempSync(join(tmpdir(), "logs-"));
    const logs = new AppLogs(folder);
    logs.guest("a/../b", "stdout", "x");
    logs.guest("web", "stderr", "x");
    logs.close();
    expect(readdirSync(folder).sort()).toEqual(["a____b_stdout.txt", "web_stderr.txt"]);
  });
});
