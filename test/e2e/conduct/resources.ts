import { resources as all } from "../../../provider/resources/index.ts";

const elsewhere = ["spin:index:Artifact", "spin:index:KubernetesDeployment"];

/** Those that need nothing but this machine. The others are held against a real registry and a real API server elsewhere. */
export const resources = all.filter(({ token }) => !elsewhere.includes(token));

/** An input of theirs that needs what the others do, by kind and name. */
export const needRegistry: readonly string[] = ["HostDeployment-artifact"];
