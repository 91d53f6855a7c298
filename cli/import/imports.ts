/** Of the names that the program uses. */
export function imports(body: string): string[] {
  const code = body.replaceAll(/^\/\/.*$/gm, "");
  const kinds = "App CapabilityGrant Component HostDeployment RedisTrigger Route Trigger Variable".split(" ");
  const used = kinds.filter((kind) => code.includes(`new ${kind}(`));
  return [
    ...(code.includes("pulumi.") ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    `import { ${used.join(", ")} } from "pulumi-spin";`,
  ];
}
