"""An emulated AWS (moto) on a loopback port of its own. Prints its address, and ends when its standard input does: with
the process that started it, however that one ended."""

import sys

from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
print(f"http://{host}:{port}", flush=True)
sys.stdin.read()
server.stop()
