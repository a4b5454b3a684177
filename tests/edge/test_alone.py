import subprocess
import sys


def test_the_edge_starts_without_django():
    code = "import sys, collegium.config.child, collegium.edge.app; print('django' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
