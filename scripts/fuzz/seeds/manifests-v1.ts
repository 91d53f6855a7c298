/** Manifests of version 1. */
import type { Many } from "../random.ts";

const head = 'spin_manifest_version = "1"\nname = "old"\nversion = "0.1.0"\n';
const component = '[[component]]\nid = "My_App"\nsource = "app.wasm"\n';
const trigger = '[component.trigger]\nroute = "/..."\n';

const ofComponent = [
  'description = "d"\nenvironment = { KEY = "value" }\n',
  'config = { a = "{{ b }}" }\n',
  'files = ["a/*", { source = "assets", destination = "/" }]\nexclude_files = ["a/b"]\n',
  'allowed_http_hosts = ["a.test:8080", "https://b.test/", "[::1]:81", "self"]\n',
  'allowed_http_hosts = ["insecure:allow-all"]\nallowed_outbound_hosts = []\n',
  'key_value_stores = ["default"]\nsqlite_databases = ["default"]\nai_models = ["m"]\n',
  '[component.build]\ncommand = "make"\nworkdir = "w"\nwatch = ["src/*"]\n',
];

export const version1: Many<string> = [
  'spin_version = "1"\nname = "old"\ntrigger = { type = "redis", address = "redis://localhost" }\n',
  `${head}trigger = { type = "http", base = "/" }\n[variables]\nb = { default = "x" }\n${component}${trigger}`,
  `${head}trigger = { type = "http" }\n${component}${trigger}[[component]]\nid = "my-app"\nsource = { url = "u", digest = "d" }\ntrigger = {}\n`,
  `${head}[trigger]\ntype = "__proto__"\nconstructor = 1\n${component}[component.trigger]\n__proto__ = { polluted = true }\n`,
  ...ofComponent.map((lines) => `${head}trigger = { type = "http" }\n${component}${lines}${trigger}`),
];
