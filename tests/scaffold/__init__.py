"""What the tests stand on, and no test is in: databases, the browser, the fence around the machine."""
