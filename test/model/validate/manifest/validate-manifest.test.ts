/**
 * Each rule of spin.md 1.2 to 1.13 that Spin or common sense has, with the text that a newcomer reads. The texts are in
 * the snapshot beside this file: read them when they change.
 */
import { describe, expect, test } from "@jest/globals";
import { describeIssue, parseManifest, validateManifest } from "../../../../model/index.ts";

const digest = `sha256:${"0".repeat(64)}`;

/** Issues of a manifest whose parts are fine unless the case says otherwise. */
function issuesOf(body: string, { application = "", component = "" } = {}): string[] {
  const hasTrigger = /trigger/.test(body);
  const text = `
    spin_manifest_version = 2
    [application]
    name = "shop"
    ${application}
    ${hasTrigger ? "" : '[[trigger.http]]\nroute = "/..."\ncomponent = "web"'}
    ${body}
    ${/\[component\.web\]/.test(body) ? "" : `[component.web]\nsource = "web.wasm"\n${component}`}`;
  return validateManifest(parseManifest(text)).map(
    (found) => `${found.severity} ${found.code} ${describeIssue(found)}`,
  );
}

const component = (lines: string) => ["", { component: lines }] as const;
const trigger = (lines: string) => [`[[trigger.http]]\ncomponent = "web"\n${lines}`, {}] as const;

const cases: Record<string, readonly [body: string, parts: { application?: string; component?: string }]> = {
  "1.3 targets": [
    "",
    { application: 'targets = ["spin-up", { url = "https://x.test", path = "x" }, "spin-up:4.0"]' },
  ],
  "1.4 variables: name, both and neither": [
    '[variables]\nApi = { required = true }\na__b = { default = "" }\nboth = { default = "x", required = true }\nneither = {}\ntoken = { default = "s3cret", secret = true }',
    {},
  ],
  "1.5 trigger: repeated id": [
    '[[trigger.http]]\nid = "a"\nroute = "/a"\ncomponent = "web"\n[[trigger.cron]]\nid = "a"\ncomponent = "web"',
    {},
  ],
  "1.5 trigger: no such component": ['[[trigger.http]]\nroute = "/"\ncomponent = "wbe"', {}],
  "1.5 trigger: odd component id": ['[[trigger.http]]\nroute = "/"\ncomponent = "my_web"', {}],
  "1.5 trigger: component role": ['[[trigger.cron]]\ncomponents.main = ["web", "wob"]', {}],
  "1.5 http: no route": trigger(""),
  "1.5 http: route of another type": trigger("route = 7"),
  "1.5 http: route that is not private": trigger("route = { private = false }"),
  "1.5 http: route with an unknown key": trigger("route = { privat = true }"),
  "1.5 http: pattern that matches nothing": trigger('route = "/a/.../b"'),
  "1.5 http: reserved route": trigger('route = "/.well-known/spin/x"'),
  "1.5 http: unknown setting": trigger('route = "/"\nruote = "/x"'),
  "1.5 http: neither component nor response": ['[[trigger.http]]\nroute = "/x"', {}],
  "1.5 http: component and response": trigger('route = "/"\nstatic_response = { body = "x" }'),
  "1.5 http: static response": [
    '[[trigger.http]]\nroute = "/"\nstatic_response = { status_code = 99, headers = { "a b" = "c" } }\n[[trigger.http]]\nroute = "/b"\nstatic_response = { status = 200 }',
    {},
  ],
  "1.5 http: executor": trigger('route = "/"\nexecutor = { type = "wasip3" }'),
  "1.5 http: wagi": trigger('route = "/"\nexecutor = { type = "wagi", entrypoint = "main" }'),
  "1.5 http: repeated route": [
    '[[trigger.http]]\nroute = "/users/:id"\ncomponent = "web"\n[[trigger.http]]\nroute = "users/:name/"\ncomponent = "web"',
    {},
  ],
  "1.5 http: base": ["", { application: '[application.trigger.http]\nbase = "/shop"' }],
  "1.5 http: base of the root": ["", { application: '[application.trigger.http]\nbase = "/"' }],
  "1.5 redis: channel, address and component": ['[[trigger.redis]]\nchanel = "orders"', {}],
  "1.5 redis: address of the application": [
    '[[trigger.redis]]\nchannel = "{{ topic }}"\ncomponent = "web"',
    { application: "[application.trigger.redis]" },
  ],
  "1.5 redis: text": ['[[trigger.redis]]\nchannel = 3\naddress = "redis://{{ host"\ncomponent = "web"', {}],
  "1.5.1 middleware: role and forms": trigger(
    'route = "/"\ndependencies.midleware = []\ndependencies.middleware = ["1.0", { version = "1" }, { path = "m.wasm", export = "e" }, { component = "web2" }]',
  ),
  "1.6 component: source": [
    `[component.web]\nsource = ""\n[component.a]\nsource = { url = "ftp://x", digest = "md5:1" }\n[component.b]\nsource = { package = "b", version = "^1" }`,
    {},
  ],
  "1.6 component: id": ['[component.my_web]\nsource = "x.wasm"', {}],
  "1.6 component: labels": component(
    'key_value_stores = ["Default-Store", "my store"]\nsqlite_databases = ["2nd"]',
  ),
  "1.6 component: variables": component('variables = { Url = "x", host = "{{ hots }}", open = "{{ x" }'),
  "1.6 component: environment": component('environment = { "A=B" = "x" }'),
  "1.6 component: allowed_http_hosts": component('allowed_http_hosts = ["a.test"]'),
  "1.6 component: malformed allowed_http_hosts": component('allowed_http_hosts = ["https://a.test/x"]'),
  "1.6 component: build": component('build = { command = "make", workdir = "../other" }'),
  "1.7 files": component(
    'files = ["", "/etc", "../x", "assets/.", "*", { source = "", destination = "" }, { source = "a", destination = "/../b" }]\nexclude_files = [""]',
  ),
  "1.9 a component that nothing leads to": ['[component.lost]\nsource = "lost.wasm"', {}],
  "1.11 dependencies: names": component('dependencies = { "a b" = "1", word = "1", "ns:p@1" = "1" }'),
  "1.11 dependencies: requirement": component(
    'dependencies = { "a:b" = "latest", "c:d" = { version = "one", package = "x" } }',
  ),
  "1.11 dependencies: export of a whole package": component(
    'dependencies = { "a:b" = { path = "a.wasm", export = "e" } }',
  ),
  "1.11 dependencies: conflict": component('dependencies = { "a:b" = "1", "a:b/c" = "1" }'),
  "1.11 dependencies: inheritance": component(
    'dependencies_inherit_configuration = true\ndependencies = { "a:b" = { path = "a.wasm", inherit_configuration = ["key_value_store"] } }',
  ),
  "1.11 dependencies: component with authority": [
    '[component.web]\nsource = "web.wasm"\ndependencies = { "a:b" = { component = "lib" }, "c:d" = { component = "lbi" } }\n[component.lib]\nsource = "lib.wasm"\nfiles = ["x/*"]\nenvironment = { A = "1" }',
    {},
  ],
  "1.12 profile: dependencies": component('profile.debug = { dependencies = { "a:b" = "latest" } }'),
  "1.13 template: unknown variable of a host": component('allowed_outbound_hosts = ["https://{{ host }}"]'),
  "1.13 template: default that is no host": [
    '[variables]\nhost = { default = "a b" }\n[component.web]\nsource = "web.wasm"\nallowed_outbound_hosts = ["https://{{ host }}"]',
    {},
  ],
  "5.1 hosts": component('allowed_outbound_hosts = ["example.com", "https://a.test/x", "HTTP://a.test"]'),
  "no triggers": ["[trigger]", {}],
};

describe("validateManifest", () => {
  test("finds nothing in what is fine", () => {
    expect(
      issuesOf(
        `[variables]
         host = { default = "a.test" }
         [[trigger.http]]
         route = "/"
         component = "web"
         dependencies.middleware = [{ component = "lib" }]
         [[trigger.http]]
         route = { private = true }
         component = { source = { url = "https://x.test/a.wasm", digest = "${digest}" } }
         [[trigger.sqs]]
         queue_url = "https://sqs"
         component = "web"
         [component.lib]
         source = { package = "a:b", version = "1.0.0" }`,
        {
          component:
            'allowed_outbound_hosts = ["https://{{ host }}"]\nkey_value_stores = ["default", "two_words"]',
        },
      ),
    ).toEqual([]);
  });

  const all = Object.entries(cases).map(([title, [body, parts]]) => ({
    title,
    issues: () => issuesOf(body, parts),
  }));

  test.each(all)("$title", ({ issues }) => {
    const found = issues();
    expect(found.length).toBeGreaterThan(0);
    expect(found).toMatchSnapshot();
  });

  test("never repeats the default of a secret", () => {
    expect(issuesOf('[variables]\ntoken = { default = "s3cret", secret = true }').join()).not.toContain(
      "s3cret",
    );
  });

  test("takes keys that JavaScript's objects inherit for what they are: names that are not there", () => {
    const found = issuesOf('[[trigger.http]]\nroute = "/"\ncomponent = "constructor"');
    expect(found.join()).toContain("ERR_SPIN_TRIGGER_COMPONENT");
  });
});
