// ministack for `npm run test:e2e:live`, in an environment of its own: in it table streams, functions, event buses and queues
// are connected, as they are not in the emulator of the other end-to-end tests.
import { pythonWith } from "./setup.mjs";

/** Python of the environment that has ministack; installed once. */
export const setup = () => pythonWith("requirements-ministack.txt", "ministack-venv");
