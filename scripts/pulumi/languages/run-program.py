"""Runs a Pulumi program: `run-program.py SETTINGS PROGRAM [ARGUMENTS]`. SETTINGS is JSON for pulumi.runtime.Settings."""

import asyncio
import json
import os
import runpy
import sys
import traceback

# "Failed, and the person has been told."
BAIL_EXIT_CODE = 32

try:
    import pulumi
    import pulumi.runtime
except ImportError:
    traceback.print_exc()
    print("The Pulumi SDK is not installed for this Python: pip install -r requirements.txt", file=sys.stderr)
    sys.exit(1)

settings = json.loads(sys.argv[1])
program = sys.argv[2]

pulumi.runtime.set_all_config(pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env())
pulumi.runtime.configure(pulumi.runtime.Settings(**settings))

# As if the program had been started by itself.
sys.argv = [program] + sys.argv[3:]
sys.path.insert(0, program if os.path.isdir(program) else os.path.dirname(program))


def run() -> None:
    try:
        runpy.run_path(program, run_name="__main__")
    except ImportError:
        traceback.print_exc()
        sys.stderr.flush()
        raise


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
coroutine = pulumi.runtime.run_in_stack(run)
try:
    loop.run_until_complete(coroutine)
except pulumi.RunError as error:
    pulumi.log.error(str(error))
    sys.exit(BAIL_EXIT_CODE)
except Exception:
    pulumi.log.error("The program failed with an exception:\n" + traceback.format_exc())
    sys.exit(BAIL_EXIT_CODE)
finally:
    loop.close()
    sys.stdout.flush()
    sys.stderr.flush()
