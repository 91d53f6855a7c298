/** Manifests of many kinds: together they have every key of spin.toml that content on this machine can stand behind. */

const head = (name: string, more = ""): string =>
  `spin_manifest_version = 2\n[application]\nname = "${name}"\n${more}`;
const http = (component: string, route = "/..."): string =>
  `[[trigger.http]]\nroute = "${route}"\ncomponent = "${component}"\n`;
const component = (id: string, more = ""): string => `[component.${id}]\nsource = "${id}.wasm"\n${more}\n`;
const digest = `sha256:${"ab".repeat(32)}`;

export const manifests: Record<string, string> = {
  minimal: head("minimal") + http("web") + component("web"),
  "names that programs cannot have": `${head("My shop!")}[variables]\nclass = { default = "x" }\nweb = { default = "y" }
${http("app") + http("new", "/new") + http("web", "/web")}${component("app")}${component("new")}${component("web")}`,
  "application texts": `${head("texts", 'version = "1.2.3-rc.1"\ndescription = "Says \\"hi\\" — \\\\ and\\ttabs"\nauthors = ["Ada <ada@example.com>", "Bob"]\n')}${http("web")}${component("web", 'description = "Pages"')}`,
  variables: `${head("variables")}[variables]\ngreeting = { default = "", description = "First." }\nregion = { required = true }\ntoken = { required = true, secret = true }
${http("web")}${component("web", 'variables = { text = "{{ greeting }} from {{ region }}", token = "{{ token }}" }')}`,
  grants: `${head("grants")}${http("web")}${component("web", 'allowed_outbound_hosts = ["https://b.example:8443", "https://a.example", "http://self", "redis://*.cache.internal:6379"]\nkey_value_stores = ["sessions", "default"]\nsqlite_databases = ["default"]\nai_models = ["llama2-chat"]\nenvironment = { B = "2", "a.b" = "1" }')}`,
  "old hosts": `${head("old-hosts")}${http("web")}${component("web", 'allowed_http_hosts = ["api.example.com", "self"]\nallowed_outbound_hosts = ["mysql://db"]')}`,
  files: `${head("files")}${http("web")}${component("web", 'files = ["assets/**/*.html", { source = "assets", destination = "/public" }, { source = "assets/a.txt", destination = "b.txt" }]\nexclude_files = ["**/*.map"]')}`,
  "static responses": `${head("static-responses")}[[trigger.http]]\nroute = "/robots.txt"\nstatic_response = { body = "none" }
[[trigger.http]]\nroute = "/gone"\nstatic_response = { status_code = 410, headers = { content-type = "text/plain", "x-b" = "1" } }
[[trigger.http]]\nroute = "/explicit"\nstatic_response = { status_code = 200, body = "" }\n`,
  routes: `${head("routes")}${http("web", "/")}${http("web", "/users/:id")}${http("web", "/users/:id/...")}${http("web", "/a/*")}[[trigger.http]]\nid = "inside"\nroute = { private = true }\ncomponent = "lib"\n${component("web", 'allowed_outbound_hosts = ["http://lib.spin.internal"]')}${component("lib")}`,
  executors: `${head("executors")}[[trigger.http]]\nroute = "/cgi/..."\ncomponent = "web"\nexecutor = { type = "wagi", argv = "$" }\n[[trigger.http]]\nroute = "/"\ncomponent = "web"\nexecutor = { type = "http" }\n${component("web")}`,
  inline: `${head("inline")}[[trigger.http]]\nroute = "/..."\ncomponent = { source = "web.wasm", key_value_stores = ["default"] }\n[[trigger.http]]\nid = "second"\nroute = "/second"\ncomponent = { source = "lib.wasm" }\n${http("web", "/web")}${component("web")}`,
  redis: `${head("redis")}[application.trigger.redis]\naddress = "redis://{{ region }}:6379"\n[variables]\nregion = { default = "localhost" }\n[[trigger.redis]]\nchannel = "orders"\ncomponent = "web"\n[[trigger.redis]]\nchannel = "{{ region }}"\naddress = "redis://other"\ncomponent = "web"\n[[trigger.redis]]\nid = "named"\nchannel = "x"\ncomponent = { source = "lib.wasm" }\n${component("web")}`,
  "many trigger types": `${head("many-types")}[[trigger.cron]]\ncron_expression = "0 0 3 * * *"\ncomponent = "web"\n${http("web")}[[trigger."odd type"]]\ndeep = { list = [1, 2.5, true, "x"], table = { a = "b" } }\ncomponents = { main = "web", others = ["lib", { source = "lib.wasm" }] }\n[[trigger.sqs]]\nqueue_url = "https://sqs.example"\ncomponent = "lib"\n${component("web")}${component("lib")}`,
  dependencies: `${head("dependencies")}${http("web")}${component("lib")}${component("web", `[component.web.dependencies]\n"a:b/c@1.0.0" = { path = "lib.wasm", export = "a:b/c@1.0.0" }\n"d:e" = { component = "lib" }\nplain-name = { url = "https://example.com/x.wasm", digest = "${digest}", inherit_configuration = ["key_value_stores"] }\n"f:g" = { path = "lib.wasm", inherit_configuration = true }`)}`,
  "dependencies that inherit": `${head("inherit")}${http("web")}${component("web", 'dependencies_inherit_configuration = true\nkey_value_stores = ["default"]\n[component.web.dependencies]\n"a:b" = { path = "lib.wasm" }')}`,
  middleware: `${head("middleware")}[[trigger.http]]\nroute = "/a/..."\ncomponent = "web"\ndependencies.middleware = [{ component = "lib" }, { path = "lib.wasm", inherit_configuration = true }]\n${http("web", "/b")}${component("web")}${component("lib")}`,
  profiles: `${head("profiles")}${http("web")}${component("web", 'environment = { MODE = "release" }\n[component.web.build]\ncommand = "cp api.wasm web.wasm"\n[component.web.profile.debug]\nsource = "lib.wasm"\nenvironment = { MODE = "debug" }\n[component.web.profile.debug.build]\ncommand = ["cp api.wasm lib.wasm", "true"]\n[component.web.profile.debug.dependencies]\n"a:b" = { component = "lib" }')}${component("lib")}`,
  builds: `${head("builds")}${http("web")}${http("lib", "/lib")}${component("web", '[component.web.build]\ncommand = ["cp ../api.wasm ../web.wasm", "true"]\nworkdir = "assets"\nwatch = ["**/*.txt", "*.html"]')}${component("lib", '[component.lib.build]\ncommand = "cp api.wasm lib.wasm"\nworkdir = "."')}`,
  "targets and tools": `${head("targets", 'targets = ["spin-up:4.0", { url = "https://example.com/env" }]\n[application.tool.release]\nchannel = "stable"\n')}${http("web")}${component("web", 'targets = [{ path = "env.toml" }]\n[component.web.tool.trunk]\nrelease = true\nnested = { a = [1, 2] }')}`,
  "version 1": `spin_version = "1"\nname = "Old_App"\nversion = "0.9.0"\ntrigger = { type = "http", base = "/" }\n[variables]\nregion = { default = "eu" }
[[component]]\nid = "Old_Web"\nsource = "web.wasm"\nallowed_http_hosts = ["insecure:allow-all"]\nfiles = [{ source = "assets", destination = "/" }]\n[component.trigger]\nroute = "/..."\n[component.config]\nregion = "{{ region }}"\n[component.build]\ncommand = "cp api.wasm web.wasm"\n`,
  "comments and quotes":
    `# The file's own comment.\n\n# About */ the \u{1f600} app\n[application]\nname = "comments" # beside\n[variables]\n# \`tick\` \${x}\nb = { default = "\${b} \`c\` \\u2028" }\n# Above the route\n[[trigger.http]]\nroute = "/..."\ncomponent = "web"\n[component.web]\n# Where it is\nsource = "web.wasm"\n# Why it calls\nallowed_outbound_hosts = ["http://self"]\n`.replace(
      "# The file's own comment.\n",
      "# The file's own comment.\nspin_manifest_version = 2\n",
    ),
};
