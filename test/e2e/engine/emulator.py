"""An emulated AWS (moto) on a loopback port of its own. Prints its address, and ends when its standard input does: with
the process that started it, however that one ended."""

import json
import sys
import threading
from types import SimpleNamespace

from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.s3.models import FakeBucket
from moto.server import ThreadedMotoServer

# moto takes every Principal of a policy for an object and fails at "*", which is as legal. The statements without one
# are left out of the one check that does so; they could not let S3's log delivery in either.
lets_logs_in = FakeBucket._log_permissions_enabled_policy


def lets_logs_in_all_the_same(target_bucket, target_prefix):
    if not target_bucket.policy:
        return False
    policy = json.loads(target_bucket.policy.decode())
    policy["Statement"] = [s for s in policy["Statement"] if isinstance(s.get("Principal"), dict)]
    shown = SimpleNamespace(
        name=target_bucket.name, partition=target_bucket.partition, policy=json.dumps(policy).encode()
    )
    return lets_logs_in(target_bucket=shown, target_prefix=target_prefix)


FakeBucket._log_permissions_enabled_policy = staticmethod(lets_logs_in_all_the_same)

# One call at a time: moto lists things that another thread adds to, and Python refuses that.
dispatch = DomainDispatcherApplication.__call__
one_at_a_time = threading.Lock()


def dispatch_alone(self, environ, start_response):
    with one_at_a_time:
        return dispatch(self, environ, start_response)


DomainDispatcherApplication.__call__ = dispatch_alone

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
print(f"http://{host}:{port}", flush=True)
sys.stdin.read()
server.stop()
