/** As in Pulumi's documentation of dynamic providers, the least there can be. */
export function theirs(count: number): string {
  return `import * as pulumi from "@pulumi/pulumi";
const provider: pulumi.dynamic.ResourceProvider = {
  async create(inputs) {
    return { id: "id", outs: inputs };
  },
};
class Minimal extends pulumi.dynamic.Resource {
  constructor(name: string, props: object) {
    super(provider, name, { ...props });
  }
}
for (let index = 0; index < ${count}; index++) new Minimal(\`r\${index}\`, { route: \`/r\${index}\` });
`;
}

/** Applications of a hundred resources each: variables, grants, routes with static responses, and the app. */
export function ours(count: number, { deploy = false } = {}): string {
  return `import { App, CapabilityGrant, HostDeployment, Route, Variable } from "pulumi-spin";
for (let app = 0; app < ${count / 100}; app++) {
  const name = \`app\${app}\`;
  const variables = Array.from({ length: 10 }, (_, index) =>
    new Variable(\`\${name}-v\${index}\`, { name: \`v\${index}\`, default: "x" }));
  for (let index = 0; index < 9; index++) {
    new CapabilityGrant(\`\${name}-g\${index}\`, { keyValueStores: ["default"], reason: "bench" });
  }
  const routes = Array.from({ length: 80 }, (_, index) =>
    new Route(\`\${name}-r\${index}\`, { route: \`/r\${index}\`, staticResponse: { body: "hello" } }));
  const it = new App(name, { variables, routes, components: [] });
  ${deploy ? 'new HostDeployment(name, { app: it, listen: "127.0.0.1:0" });' : ""}
}
`;
}
