/** `node run-programs.ts FOLDER …`: runs each folder's program without an engine. Prints what its App came to. */
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { runStack } from "../../sdk/testing/index.ts";

const results: unknown[] = [];
for (const folder of process.argv.slice(2)) {
  try {
    const stack = await runStack(() => import(pathToFileURL(join(folder, "index.run.ts")).href), {
      projectDir: folder,
      build: true,
      config: { region: "eu", apiToken: "sesame", token: "sesame", apiKey: "sesame" },
    });
    const app = stack.resources.find(({ type }) => type === "App");
    results.push({ manifest: app?.outputs["manifest"], definition: app?.outputs["definition"] });
  } catch (error) {
    results.push({ error: error instanceof Error ? error.message : String(error) });
  }
}
console.log(JSON.stringify(results));
