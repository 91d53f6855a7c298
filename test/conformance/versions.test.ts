/**
 * What the templates, examples and tests that Spin published with each major version do in their manifests, shown in
 * manifests of our own: each is read, judged, normalized, locked, written, read as the same again, and edited in place.
 */
import { expect, test } from "@jest/globals";
import { edit, parseManifest, synthesize } from "../../model/index.ts";
import { digest, found, lock } from "./spin-toml.ts";

interface Shown {
  title: string;
  text: string;
  /** What is told: nothing where it is not given. */
  told?: string[];
  /** Component ids of the lock. */
  components?: string[];
}

const v1 = (trigger: string, component: string): string =>
  `spin_manifest_version = "1"\nauthors = ["A <a@example.test>"]\ndescription = ""\nname = "shop"\ntrigger = ${trigger}\nversion = "0.1.0"\n\n[[component]]\nid = "web"\n${component}`;
const http = '{ type = "http", base = "/" }';
const base = "warning ERR_SPIN_APPLICATION_TRIGGER trigger.base";
const wagi1 = "warning ERR_SPIN_TRIGGER_EXECUTOR component[0].trigger.executor";
const unused = "warning ERR_SPIN_APP_ROUTES trigger";

const v2 = (trigger: string, component: string, more = ""): string =>
  `#:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json\n\nspin_manifest_version = 2\n\n[application]\nname = "shop"\nversion = "0.1.0"\nauthors = ["A <a@example.test>"]\ndescription = ""\n${more}\n${trigger}\n${component}`;
const route = '[[trigger.http]]\nroute = "/..."\ncomponent = "web"\n';
const web =
  '[component.web]\nsource = "target/wasm32-wasip1/release/web.wasm"\nallowed_outbound_hosts = []\n[component.web.build]\ncommand = "cargo build --target wasm32-wasip1 --release"\nwatch = ["src/**/*.rs", "Cargo.toml"]\n';

const shown: Shown[] = [
  {
    title: "1: HTTP, a build with watched files, no HTTP hosts",
    text: v1(
      http,
      'source = "main.wasm"\nallowed_http_hosts = []\n[component.trigger]\nroute = "/..."\n[component.build]\ncommand = "tinygo build -o main.wasm main.go"\nwatch = ["**/*.go", "go.mod"]\n',
    ),
    told: [base],
  },
  {
    title: "1: the older name of the version, nothing but a trigger",
    text: 'spin_version = "1"\nname = "shop"\ntrigger = { type = "http", base = "/" }\nversion = "0.1.0"\n',
    told: [base, unused],
    components: [],
  },
  {
    title: "1: a base other than the root, which version 2 took away",
    text: v1(
      '{ type = "http", base = "/test" }',
      'source = "a.wasm"\n[component.trigger]\nroute = "/hello/..."\n',
    ),
    told: ["error ERR_SPIN_APPLICATION_TRIGGER trigger.base"],
  },
  {
    title: "1: Wagi, its source and its files behind URLs and tables",
    text: v1(
      http,
      `files = [{ source = "./src", destination = "/" }]\n[component.source]\nurl = "https://a.test/php%2F7.4.wasm"\ndigest = "${digest}"\n[component.trigger]\nexecutor = { type = "wagi" }\nroute = "/..."\n`,
    ),
    told: [base, wagi1],
  },
  {
    title: "1: an old HTTP host for the whole internet, and by name",
    text: v1(
      http,
      'source = "a.wasm"\nallowed_http_hosts = ["insecure:allow-all", "a.test"]\ntrigger = { route = "/" }\n',
    ),
    told: [base],
  },
  {
    title: "1: Redis, its address in the application",
    text: v1(
      '{ type = "redis", address = "redis://localhost:6379" }',
      'source = "a.wasm"\n[component.trigger]\nchannel = "messages"\n',
    ),
  },
  {
    title: "1: a trigger of a plugin, with settings of all kinds",
    text: v1('{ type = "timer", speedup = 2 }', 'source = "a.wasm"\ntrigger = { interval_secs = 6 }\n'),
  },
  {
    title: "1: variables of the application as config of a component",
    text: v1(
      http,
      'source = "a.wasm"\n[component.config]\nmessage = "I am {{ object }}"\n[component.trigger]\nroute = "/..."\n',
    ).replace("\n[[component]]", '\n[variables]\nobject = { default = "a teapot" }\n\n[[component]]'),
    told: [base],
  },
  {
    title: "1: stores, databases, models and environment",
    text: v1(
      http,
      'source = "a.wasm"\nkey_value_stores = ["default"]\nsqlite_databases = ["default"]\nai_models = ["llama2-chat"]\nenvironment = { DB_URL = "host=localhost user=a" }\n[component.trigger]\nroute = "/"\n',
    ),
    told: [base],
  },
  {
    title: "1: ids with capitals, underscores, and a number that version 2 refuses",
    text: v1(
      http,
      'source = "a.wasm"\ntrigger = { route = "/a" }\n[[component]]\nid = "File_Server"\nsource = "b.wasm"\ntrigger = { route = "/b" }\n[[component]]\nid = "server-2"\nsource = "c.wasm"\ntrigger = { route = "/c" }\n',
    ),
    told: [base, "error ERR_SPIN_COMPONENT_ID component[2].id"],
    components: ["web", "file-server", "server-2"],
  },
  { title: "2: HTTP as `spin new` writes it", text: v2(route, web) },
  {
    title: "2: Redis with an address of the application",
    text: v2(
      '[application.trigger.redis]\naddress = "redis://localhost:6379"\n\n[[trigger.redis]]\nchannel = "messages"\ncomponent = "web"\n',
      web,
    ),
  },
  {
    title: "2: a redirect: a binary behind a URL, its destination in the environment",
    text: v2(
      '[[trigger.http]]\nroute = "/from"\ncomponent = "web"\n',
      `[component.web]\nsource = { url = "https://a.test/redirect.wasm", digest = "${digest}" }\nenvironment = { DESTINATION = "/to" }\n`,
    ),
  },
  {
    title: "2: files: a folder at another place, and patterns",
    text: v2(
      '[[trigger.http]]\nroute = "/static/..."\ncomponent = "web"\n',
      '[component.web]\nsource = "fileserver.wasm"\nfiles = [{ source = "static", destination = "/" }, "assets/**/*.css"]\nexclude_files = ["assets/private/*"]\n',
    ),
  },
  {
    title: "2: variables, of which one is required, as templates of a component and of its hosts",
    text: v2(
      route,
      '[component.web]\nsource = "a.wasm"\nallowed_outbound_hosts = ["{{ api_uri }}", "redis://{{ host }}:6379"]\n[component.web.variables]\ntoken = "{{ api_token }}"\napi_version = "v1"\n',
      '[variables]\napi_token = { required = true }\napi_uri = { default = "https://a.test" }\nhost = { default = "localhost" }\n',
    ),
  },
  {
    title: "2: several types of triggers, and several triggers of one component",
    text: v2(
      `${route}[[trigger.http]]\nroute = "/again"\ncomponent = "web"\n[[trigger.redis]]\naddress = "redis://localhost"\nchannel = "c"\ncomponent = "web"\n[[trigger.timer]]\ncomponent = "web"\ninterval_secs = 6\n`,
      web,
    ),
  },
  {
    title: "2: components inside of triggers",
    text: v2(
      '[[trigger.http]]\nroute = "/a"\ncomponent = { source = "a.wasm" }\n[[trigger.http]]\nid = "b"\nroute = "/b"\n[trigger.http.component]\nsource = "b.wasm"\nkey_value_stores = ["default"]\n',
      "",
    ),
    components: ["http-trigger1-component", "b-component"],
  },
  {
    title: "2: requests to the application itself and to its other components",
    text: v2(
      `${route}[[trigger.http]]\nroute = { private = true }\ncomponent = "back"\n`,
      `[component.web]\nsource = "a.wasm"\nallowed_outbound_hosts = ["http://self", "http://back.spin.internal"]\n[component.back]\nsource = "b.wasm"\n`,
    ),
    components: ["web", "back"],
  },
  {
    title: "2: a build of several commands in a folder",
    text: v2(
      route,
      '[component.web]\nsource = "web/dist/web.wasm"\n[component.web.build]\ncommand = ["npm install", "npm run build"]\nworkdir = "web"\nwatch = ["src/**/*.ts"]\n',
    ),
  },
  {
    title: "2: a build in a folder beside the application's",
    text: v2(
      route,
      '[component.web]\nsource = "a.wasm"\n[component.web.build]\ncommand = "make"\nworkdir = "../shared"\n',
    ),
    told: ["warning ERR_SPIN_COMPONENT_BUILD component.web.build.workdir"],
  },
  {
    title: "2: Wagi",
    text: v2(`${route}executor = { type = "wagi" } # _start\n`, web),
    told: ["warning ERR_SPIN_TRIGGER_EXECUTOR trigger.http[0].executor"],
  },
  {
    title: "2: the base of version 1, and its HTTP hosts, in a manifest of version 2",
    text: v2(
      `[application.trigger.http]\nbase = "/"\n${route}`,
      '[component.web]\nsource = "a.wasm"\nallowed_http_hosts = ["a.test"]\n',
    ),
    told: [
      "warning ERR_SPIN_APPLICATION_TRIGGER application.trigger.http.base",
      "warning ERR_SPIN_COMPONENT_DEPRECATED component.web.allowed_http_hosts",
    ],
  },
  {
    title: "2: an application without a component, to which some are added later",
    text: v2("", ""),
    told: ["error ERR_SPIN_MANIFEST_MISSING trigger"],
  },
  {
    title: "3: dependencies from a registry, a file and a URL, with exports",
    text: v2(
      route,
      `${web}[component.web.dependencies]\n"a:aws/client" = "1.0.0"\n"a:b" = { version = ">=0.1.0", registry = "r.test", package = "c:d" }\n"e:f/g" = { path = "g.wasm", export = "h:i/g" }\n"j:k/l@0.2.0" = { url = "https://a.test/l.wasm", digest = "${digest}" }\n`,
    ),
  },
  {
    title: "3: a package of a registry as the source, and inheritance for all dependencies",
    text: v2(
      route,
      '[component.web]\nsource = { registry = "r.test", package = "a:web", version = "1.2.3" }\ndependencies_inherit_configuration = true\n[component.web.dependencies]\n"a:b" = { path = "b.wasm" }\n',
    ),
  },
  {
    title: "3.5: static responses, and another component as a dependency",
    text: v2(
      `${route}[[trigger.http]]\nroute = "/moved"\nstatic_response = { status_code = 301, headers = { location = "/" } }\n[[trigger.http]]\nroute = "/robots.txt"\n[trigger.http.static_response]\nbody = "Disallow: /"\n`,
      `[component.web]\nsource = "a.wasm"\ndependencies = { "a:lib/api" = { component = "lib" } }\n[component.lib]\nsource = "lib.wasm"\n`,
    ),
    components: ["web", "lib"],
  },
  {
    title: "3.5 and 3.6: the executor of their WASI 0.3 snapshots, which Spin 4 took away",
    text: v2(`${route}executor = { type = "wasip3-unstable" }\n`, web),
    told: ["error ERR_SPIN_TRIGGER_EXECUTOR trigger.http[0].executor"],
  },
  {
    title: "3.6: targets of the application, and of one component",
    text: v2(route, '[component.web]\nsource = "a.wasm"\ntargets = ["spin-up:3.6"]\n').replace(
      "description",
      'targets = ["spin-up:4.0", { url = "https://a.test/env.toml" }, { path = "env.toml" }]\ndescription',
    ),
  },
  {
    title: "4: profiles of builds, and what each dependency inherits",
    text: v2(
      route,
      `${web}[component.web.profile.debug]\nsource = "target/wasm32-wasip2/debug/web.wasm"\nenvironment = { LOG = "debug" }\nbuild = { command = "cargo build" }\n[component.web.dependencies]\n"a:b" = { path = "b.wasm", inherit_configuration = ["key_value_stores", "variables"] }\n`,
    ),
  },
  {
    title: "4: tables of tools, dotted keys, lists over several lines, comments",
    text: v2(
      route,
      '[component.web]\nsource = "a.wasm" # built by CI\nallowed_outbound_hosts = [\n  "https://a.test",\n  # for tests\n  "http://localhost:*",\n]\ntool.spin-test = { source = "t.wasm", dir = "tests" }\nbuild.command = "make"\n',
      "[application.tool.mine]\nlevel = 3\n",
    ),
  },
  {
    title: "4.1: middleware from a file and a component, with rights of the component",
    text: v2(
      `${route}dependencies.middleware = [\n  { path = "auth.wasm", inherit_configuration = ["allowed_outbound_hosts"] },\n  { component = "yelling" },\n]\n`,
      `[component.web]\nsource = "a.wasm"\nallowed_outbound_hosts = ["https://github.test"] # the middleware's\n[component.yelling]\nsource = "y.wasm"\n`,
    ),
    components: ["web", "yelling"],
  },
];

const isRefused = (told: string[]): boolean => told.some((it) => it.startsWith("error"));

test.each(shown)("Spin $title", ({ text, told = [], components = ["web"] }) => {
  expect(found(text)).toEqual(told);
  if (told.includes("error ERR_SPIN_MANIFEST_MISSING trigger")) return;
  const manifest = parseManifest(text);
  const written = synthesize(manifest);
  expect(parseManifest(written)).toEqual(manifest);
  expect(synthesize(parseManifest(written))).toBe(written);
  expect(lock(text).components.map(({ id }) => id)).toEqual(components);
  expect(lock(written)).toEqual(lock(text));
  if (!isRefused(told)) expect(found(written).filter((it) => it.startsWith("error"))).toEqual([]);
  const isOld = /spin_(manifest_)?version = "1"/.test(text);
  if (!isOld) expect(edit(text, manifest)).toBe(text);
});
