/** The SDK as `npm run build` compiles it, in a folder of its own: what is stored with resources is compiled text. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

export class CompiledSdk {
  readonly #folder = mkdtempSync(join(tmpdir(), "sdk-"));
  readonly index = join(this.#folder, "sdk", "index.js");

  constructor() {
    const parsed = ts.getParsedCommandLineOfConfigFile(
      join(checkout, "tsconfig.build.json"),
      {},
      {
        ...ts.sys,
        onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
          throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
        },
      },
    );
    if (parsed === undefined) throw new Error("tsconfig.build.json cannot be read");
    mkdirSync(join(this.#folder, "sdk"));
    writeFileSync(join(this.#folder, "package.json"), '{ "type": "module" }');
    symlinkSync(join(checkout, "node_modules"), join(this.#folder, "node_modules"));
    for (const file of readdirSync(join(checkout, "sdk")).filter((name) => name.endsWith(".ts"))) {
      const { outputText } = ts.transpileModule(readFileSync(join(checkout, "sdk", file), "utf8"), {
        fileName: join(this.#folder, "sdk", file),
        compilerOptions: { ...parsed.options, module: ts.ModuleKind.ESNext, sourceMap: false },
      });
      writeFileSync(join(this.#folder, "sdk", file.replace(/\.ts$/, ".js")), outputText);
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
