/** Triggers: what all have in common, and those of HTTP and Redis. */
import { describe, expect, test } from "@jest/globals";
import { application, component, found, lock, tables, trigger } from "./spin-toml.ts";

describe("any trigger", () => {
  test("1.5 an id is any text", () => {
    expect(found(trigger('id = "My trigger: 1!"'))).toEqual([]);
  });

  test("1.5 an id that is given twice is refused here, where Spin does not notice", () => {
    expect(found(`${trigger('id = "a"')}[[trigger.cron]]\nid = "a"\ncomponent = "web"`)).toEqual([
      "error ERR_SPIN_TRIGGER_ID trigger.cron[0].id",
    ]);
  });

  test("1.5 component names a component, or is one", () => {
    expect(found(tables('[[trigger.cron]]\ncomponent = "web"'))).toEqual([]);
    expect(found(component('[[trigger.cron]]\ncomponent = { source = "c.wasm" }'))).toEqual([]);
    expect(found(tables('[[trigger.cron]]\ncomponent = "wbe"'))).toEqual([
      "error ERR_SPIN_TRIGGER_COMPONENT trigger.cron[0].component",
      "warning ERR_SPIN_COMPONENT_UNREACHED component.web",
    ]);
  });

  test("1.5 components has roles, each of one component or several, and they are not locked", () => {
    const text = tables(
      '[[trigger.cron]]\ncomponents = { main = "web", others = ["web", { source = "c.wasm" }] }',
    );
    expect(found(text)).toEqual([]);
    expect(lock(text).triggers[0]?.trigger_config).toEqual({});
    expect(lock(text).components.map(({ id }) => id)).toEqual(["web", "inline-component1"]);
  });

  test("1.5 other keys are the trigger's settings, and locked with sorted keys", () => {
    const text = tables('[[trigger.cron]]\ncomponent = "web"\nzeta = 1\nalpha = { c = 1, b = [2] }');
    expect(JSON.stringify(lock(text).triggers[0]?.trigger_config)).toBe(
      '{"alpha":{"b":[2],"c":1},"component":"web","zeta":1}',
    );
  });

  test("1.5 any trigger type is taken", () => {
    expect(found(tables('[[trigger.my-own_type]]\ncomponent = "web"'))).toEqual([]);
  });
});

describe("HTTP", () => {
  const http = (lines: string): string => tables(`[[trigger.http]]\n${lines}`);
  const setting = (name: string): string => `error ERR_SPIN_TRIGGER_SETTING trigger.http[0].${name}`;

  test.each([
    ["a pattern", 'route = "/a/:b/..."', []],
    ["a private one", "route = { private = true }", []],
    ["none", "", [setting("route")]],
    [
      "private = false",
      "route = { private = false }",
      ["error ERR_SPIN_ROUTE_PATTERN trigger.http[0].route"],
    ],
    ["a number", "route = 7", [setting("route")]],
    ["a table with more", "route = { private = true, more = 1 }", [setting("route.more")]],
  ])("1.5 http the route is a pattern, or private: %s", (_what, route, expected) => {
    expect(found(http(`component = "web"\n${route}`))).toEqual(expected);
  });

  test.each([
    [
      "neither",
      "",
      ["error ERR_SPIN_ROUTE_TARGET trigger.http[0]", "warning ERR_SPIN_COMPONENT_UNREACHED component.web"],
    ],
    ["a component", 'component = "web"', []],
    ["a response", "static_response = {}", ["warning ERR_SPIN_COMPONENT_UNREACHED component.web"]],
    [
      "both",
      'component = "web"\nstatic_response = {}',
      ["error ERR_SPIN_ROUTE_TARGET trigger.http[0].static_response"],
    ],
  ])("1.5 http a trigger has either a component or a static response: %s", (_what, lines, expected) => {
    expect(found(http(`route = "/"\n${lines}`))).toEqual(expected);
  });

  const response = (lines: string): string =>
    component(`[[trigger.http]]\nroute = "/s"\nstatic_response = ${lines}`);

  test("1.5 http [3.5] a static response has a status, headers and a body, each optional", () => {
    expect(found(response('{ status_code = 404, headers = { "x-a" = "b" }, body = "no" }'))).toEqual([]);
    expect(found(response("{}"))).toEqual([]);
  });

  test("1.5 http [3.5] of a static response, Spin takes other keys without a word", () => {
    expect(found(response("{ status = 404 }"))).toEqual([
      "warning ERR_SPIN_TRIGGER_SETTING trigger.http[1].static_response.status",
    ]);
  });

  test.each([
    ['{ type = "http" }', []],
    ['{ type = "spin" }', []],
    [
      '{ type = "wagi", argv = "a", entrypoint = "_start" }',
      ["warning ERR_SPIN_TRIGGER_EXECUTOR trigger.http[0].executor"],
    ],
    [
      '{ type = "wagi", entrypoint = "main" }',
      [
        "error ERR_SPIN_TRIGGER_EXECUTOR trigger.http[0].executor.entrypoint",
        "warning ERR_SPIN_TRIGGER_EXECUTOR trigger.http[0].executor",
      ],
    ],
    ['{ type = "wasip3" }', ["error ERR_SPIN_TRIGGER_EXECUTOR trigger.http[0].executor"]],
    ['{ type = "wasip3-unstable" }', ["error ERR_SPIN_TRIGGER_EXECUTOR trigger.http[0].executor"]],
    ['"http"', ["error ERR_SPIN_TRIGGER_EXECUTOR trigger.http[0].executor"]],
  ])("1.5 http the executor %s", (executor, expected) => {
    expect(found(trigger(`executor = ${executor}`))).toEqual(expected);
  });

  test("1.5 http unknown settings are refused", () => {
    expect(found(trigger("more = 1"))).toEqual([setting("more")]);
  });

  test.each([
    ["/", "warning"],
    ["/shop", "error"],
  ])("1.5 http the base %s of the application is no longer used: %s", (base, severity) => {
    expect(found(application(`[application.trigger.http]\nbase = "${base}"`))).toEqual([
      `${severity} ERR_SPIN_APPLICATION_TRIGGER application.trigger.http.base`,
    ]);
  });

  test.each(["/a/...", "/a/*", "/:a/b", "a", "/a/", "/"])("1.5 http the pattern %j is fine", (route) => {
    expect(found(http(`component = "web"\nroute = "${route}"`))).toEqual([]);
  });

  test("1.5 http the empty pattern is the root, and hardly meant", () => {
    expect(found(http('component = "web"\nroute = ""'))).toEqual([
      "warning ERR_SPIN_ROUTE_PATTERN trigger.http[0].route",
    ]);
  });

  test("1.5 http equal patterns in other words are one route, of which Spin takes one", () => {
    expect(
      found(
        `${http('component = "web"\nroute = "/a/:b"')}[[trigger.http]]\nroute = "a/:c/"\ncomponent = "web"`,
      ),
    ).toEqual(["error ERR_SPIN_ROUTE_DUPLICATE trigger.http[1].route"]);
  });

  test("1.5.1 [4.1] middleware is a list of dependencies without an export, whose registry form names its package", () => {
    const fine =
      '[{ path = "m.wasm" }, { url = "https://a.test/m.wasm", digest = "' +
      `sha256:${"0".repeat(64)}` +
      '" }, { package = "a:b", version = "1" }]';
    expect(found(trigger(`dependencies.middleware = ${fine}`))).toEqual([]);
    expect(
      found(
        trigger('dependencies.middleware = ["1.0", { version = "1" }, { path = "m.wasm", export = "e" }]'),
      ),
    ).toEqual([
      "error ERR_SPIN_DEPENDENCY_FORM trigger.http[0].dependencies.middleware[0]",
      "error ERR_SPIN_DEPENDENCY_FORM trigger.http[0].dependencies.middleware[1]",
      "error ERR_SPIN_DEPENDENCY_FORM trigger.http[0].dependencies.middleware[2]",
    ]);
  });

  test("1.5.1 [4.1] there is no other role", () => {
    expect(found(trigger('dependencies.midleware = [{ path = "m.wasm" }]'))).toEqual([
      expect.stringContaining("trigger.http[0].dependencies.midleware"),
    ]);
  });

  test("1.5.1 [4.1] with middleware, the component requires a host that has it", () => {
    expect(lock(trigger('dependencies.middleware = [{ path = "m.wasm" }]')).components[0]).toMatchObject({
      metadata: { "resolve-trigger-dependencies-using": "http" },
      host_requirements: { middleware: "required" },
    });
  });

  test("1.5.1 [4.1] a component of several triggers is copied for the one with middleware", () => {
    const text = `${trigger('dependencies.middleware = [{ path = "m.wasm" }]')}[[trigger.http]]\nroute = "/b"\ncomponent = "web"`;
    const { components, triggers } = lock(text);
    expect(components.map(({ id }) => id)).toEqual(["web", "web-for-web-http-trigger"]);
    expect(triggers.map((it) => it.trigger_config["component"])).toEqual(["web-for-web-http-trigger", "web"]);
  });
});

describe("Redis", () => {
  const redis = (lines: string): string => tables(`[[trigger.redis]]\ncomponent = "web"\n${lines}`);

  test("1.5 redis channel and component are required", () => {
    expect(found(component('[[trigger.redis]]\naddress = "redis://a"'))).toEqual([
      "error ERR_SPIN_TRIGGER_COMPONENT trigger.redis[0]",
      "error ERR_SPIN_TRIGGER_SETTING trigger.redis[0].channel",
    ]);
  });

  test("1.5 redis the address is the trigger's, or the application's", () => {
    expect(found(redis('channel = "c"'))).toEqual([
      "error ERR_SPIN_TRIGGER_SETTING trigger.redis[0].address",
    ]);
    expect(found(redis('channel = "c"\naddress = "redis://a"'))).toEqual([]);
    const common = redis('channel = "c"').replace(
      "[[trigger",
      '[application.trigger.redis]\naddress = "redis://a"\n[[trigger',
    );
    expect(found(common)).toEqual([]);
  });

  test("1.5 redis the application's table requires an address", () => {
    const common = redis('channel = "c"\naddress = "redis://a"').replace(
      "[[trigger",
      "[application.trigger.redis]\n[[trigger",
    );
    expect(found(common)).toEqual(["error ERR_SPIN_TRIGGER_SETTING application.trigger.redis.address"]);
  });

  test("1.5 redis channel and address are templates", () => {
    const text = redis('channel = "{{ topic }}"\naddress = "redis://{{ host }}"');
    expect(found(`${text}[variables]\ntopic = { default = "t" }\nhost = { default = "h" }`)).toEqual([]);
    expect(found(text)).toEqual([
      "error ERR_SPIN_TEMPLATE_VARIABLE trigger.redis[0].channel",
      "error ERR_SPIN_TEMPLATE_VARIABLE trigger.redis[0].address",
    ]);
  });

  test("1.5 redis unknown settings are refused", () => {
    expect(found(redis('channel = "c"\naddress = "redis://a"\nmore = 1'))).toEqual([
      "error ERR_SPIN_TRIGGER_SETTING trigger.redis[0].more",
    ]);
  });
});
