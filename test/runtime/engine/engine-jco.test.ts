/** The tests of engine.test.ts, with components bound by jco: host functions are the same on both bindings. */
process.env["PULUMI_SPIN_TEST_BINDING"] = "jco";
await import("./engine.test.ts");
