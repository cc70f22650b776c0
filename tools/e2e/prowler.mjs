// Prowler for `npm run audit:prowler`, in an environment of its own: it is large, and no other command needs it.
import { pythonWith } from "./setup.mjs";

/** Python of the environment that has Prowler; installed once. */
export const setup = () => pythonWith("requirements-prowler.txt", "prowler-venv");
