/** Manifests: each shows something of version 2, of version 1, or of TOML itself. */
import type { Many } from "../random.ts";
import { version1 } from "./manifests-v1.ts";

const head = 'spin_manifest_version = 2\n\n[application]\nname = "shop"\n';
const api = '\n[[trigger.http]]\nroute = "/..."\ncomponent = "api"\n\n[component.api]\nsource = "api.wasm"\n';
const app = `${head}${api}`;

const ofApplication = [
  'version = "1.0.0"\ndescription = "d"\nauthors = ["A <a@example.com>"]\n',
  'targets = ["spin-up:3.2", { env = "a:b@1" }]\n',
  '[application.trigger.redis]\naddress = "redis://localhost"\n[application.tool.mine]\na = [1, 2.5, true]\n',
  '[variables]\ngreeting = { default = "hi" }\ntoken = { required = true, secret = true, description = "t" }\n',
  '[[trigger.redis]]\nid = "r"\naddress = "redis://{{ host }}:6379"\nchannel = "c"\ncomponent = "api"\n[variables]\nhost = { default = "h" }\n',
  '[[trigger.http]]\nroute = { private = true }\ncomponent = { source = "inline.wasm", environment = { A = "b" } }\n',
  '[[trigger.http]]\nroute = "/static"\nstatic_response = { status_code = 404, headers = { a = "b" }, body = "no" }\n',
  '[[trigger.http]]\nroute = "/m"\ncomponent = "api"\nexecutor = { type = "wagi", argv = "x", entrypoint = "e" }\n',
  '[[trigger.http]]\nroute = "/w"\ncomponent = "api"\n[[trigger.http.dependencies.middleware]]\ncomponent = "api"\n',
  '[[trigger.http]]\nroute = "/c"\ncomponent = "api"\ncomponents = { middleware = ["api", { source = "m.wasm" }] }\n',
  '[[trigger.sqs]]\ncomponent = "api"\nqueue_url = "x"\ndeep = { a = [{ b = 1 }, []], when = 1979-05-27T07:32:00Z }\n',
  '[[trigger.cron]]\nid = "nightly"\ncomponent = "api"\ncron_expression = "0 0 * * *"\n',
];

const ofComponent = [
  'description = "d"\nenvironment = { KEY = "value", "odd key" = "" }\n',
  'variables = { a = "{{ b }}", c = "x{{ b }}y" }\n[variables]\nb = { default = "" }\n',
  'files = ["a/*", { source = "assets", destination = "/" }]\nexclude_files = ["a/b", "**/*.bak"]\n',
  'allowed_outbound_hosts = ["https://api.example.com", "redis://*:6379", "http://{{ h }}:80", "http://self"]\n',
  'allowed_http_hosts = ["a.test", "https://b.test:81", "self", "insecure:allow-all"]\n',
  'key_value_stores = ["default", "other"]\nsqlite_databases = ["default"]\nai_models = ["llama2-chat"]\n',
  '[component.api.build]\ncommand = ["npm run a", "npm run b"]\nworkdir = "w"\nwatch = ["src/**/*.ts"]\n',
  'build.command = "make"\ntool.mine = { anything = 1 }\ntargets = []\n',
  'dependencies_inherit_configuration = true\ndependencies = { "a:b" = "^1.2" }\n',
  '[component.api.dependencies]\n"a:b/c@1.0.0" = { path = "c.wasm", export = "x:y/z", inherit_configuration = ["files"] }\n',
  '[component.api.dependencies]\n"a:b" = { url = "https://a.test/b.wasm", digest = "sha256:00" }\nplain = { component = "other" }\n[component.other]\nsource = "o.wasm"\n',
  '[component.api.dependencies]\n"a:b" = { version = ">=1, <2", registry = "r.test", package = "x:y", inherit_configuration = true }\n',
  '[component.api.profile.debug]\nsource = "debug.wasm"\nenvironment = { A = "1" }\nbuild.command = "make debug"\n',
  '[component.api.profile.debug.dependencies]\n"a:b" = "1.0.0"\n',
  '[component.web]\nsource = { url = "https://a.test/w.wasm", digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000" }\n',
  '[component.LOUD-name]\nsource = { registry = "r.test", package = "a:b", version = "1.0.0" }\n',
];

/** TOML, with little of a manifest in it. */
const ofToml = [
  'a = """\nlines \\\n  on\n"""\nb = \'\'\'raw \\ text\'\'\'\nc = "\\u00e9\\U0001F600\\t"\n',
  "i = [1_000, 0xff, 0o17, 0b1, -0]\nf = [1e3, -0.0, inf, nan]\n",
  "odt = 1979-05-27T00:32:00.999999-07:00\nldt = 1979-05-27T07:32:00\nld = 1979-05-27\nlt = 07:32:00\n",
  'a.b.c = 1\n"a"."d" = { e.f = [], g = {} }\n[x.y]\n[[x.z]]\nk = 1\n[[x.z]]\n',
  "\uFEFF# comment\r\nspin_manifest_version = 2\r\n",
  '[__proto__]\npolluted = true\n[constructor.prototype]\npolluted = true\n"" = ""\n',
  `${app}[component.__proto__]\nsource = "p.wasm"\n[component.constructor]\nsource = "c.wasm"\n`,
  `${app}[[trigger.__proto__]]\ncomponent = "toString"\nid = "__proto__"\n[variables]\nconstructor = { default = "a" }\n`,
];

export const manifests: Many<string> = [
  app,
  `${head}[trigger]\n`,
  ...ofApplication.map((lines) => `${head}${lines}${api}`),
  ...ofComponent.map((lines) => `${app}${lines}`),
  ...version1,
  ...ofToml,
];
