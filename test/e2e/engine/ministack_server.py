"""An emulated AWS (ministack) in which records of a table's stream reach a function, which runs in a process of its own.
Listens on a loopback port. Prints its address, and ends when its standard input does: with the process that started it,
however that one ended."""

import os
import socket
import sys
import threading
import time

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]

os.environ.update(
    BIND_HOST="127.0.0.1",  # else on every interface
    GATEWAY_PORT=str(port),
    IOT_MTLS_ENABLED="0",  # else another server, on every interface
    SFTP_ENABLED="0",
    MINISTACK_ACCOUNT_ID="123456789012",
    LAMBDA_EXECUTOR="local",
)
# What the server prints goes to standard error; the address alone to standard output.
address = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def say_address():
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    print(f"http://127.0.0.1:{port}", file=address, flush=True)


def end_with_input():
    sys.stdin.read()
    os.kill(os.getpid(), 15)


threading.Thread(target=say_address, daemon=True).start()
threading.Thread(target=end_with_input, daemon=True).start()

from ministack.app import main  # noqa: E402  (reads the environment)

sys.argv = ["ministack"]
main()
