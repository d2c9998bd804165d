#!/usr/bin/python3
"""How fast the window answers while a flood of alerts comes in: `tools/bench window`.

    window_bench.py BIN_FOLDER [--alerts N] [--seconds S] [--shape one|many|half]

Makes a CloudTrail log of N records that each raise an alert: by one intruder from ever other addresses (one), by ever other users
(many), or half of each. The real window reads it under Xvfb; meanwhile the position of a control is asked over the accessibility bus every
few milliseconds. Prints quantiles of the answers and how many alerts there were in the end. Exit 77 when the machine lacks what it needs.
"""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
NEEDED = ["Xvfb", "openbox", "dbus-run-session"]


def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def write_log(path, count, shape):
    with open(path, "w", encoding="utf-8") as log:
        for i in range(count):
            of_one = shape == "one" or (shape == "half" and i % 2 == 0)
            user, key = ("intruder", "AKIAFLOOD0000000000A") if of_one else (f"user-{i}", f"AKIAFLOOD{i:011d}")
            seconds = i * 60 // count
            address = f"198.{51 + i // 65536 % 4}.{i // 256 % 256}.{i % 256}"
            log.write(json.dumps({
                "eventVersion": "1.08", "eventTime": f"2026-11-21T12:00:{seconds:02d}Z", "eventID": f"flood-{i:08d}",
                "eventSource": "cloudtrail.amazonaws.com", "eventName": "StopLogging", "awsRegion": "eu-central-1",
                "recipientAccountId": "111122223333", "sourceIPAddress": address, "userAgent": "aws-cli/2.17.40",
                "userIdentity": {"type": "IAMUser", "arn": f"arn:aws:iam::111122223333:user/{user}", "userName": user,
                                 "accountId": "111122223333", "principalId": f"AIDA{user}", "accessKeyId": key},
                "requestParameters": {"name": f"arn:aws:cloudtrail:eu-central-1:111122223333:trail/t-{i}"},
                "responseElements": None}) + "\n")


def alerts_in(case):
    try:
        with sqlite3.connect(f"file:{case}/case.db?mode=ro", uri=True, timeout=1) as database:
            return tuple(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("alerts", "incidents"))
    except sqlite3.Error:
        return (0, 0)


def control():
    import pyatspi
    for application in pyatspi.Registry.getDesktop(0):
        if application and application.name == "cordon" and application.childCount:
            return application[0]
    return None


def measure(binaries):
    from gi.repository import Atspi
    Atspi.set_timeout(60000, 60000)  # an answer that takes so long is a figure, not an error
    work = tempfile.mkdtemp(prefix="cordon-flood-")
    environment = dict(os.environ, CORDON_HOME=os.path.join(work, "home"), XDG_CONFIG_HOME=os.path.join(work, "config"))
    log, case = os.path.join(work, "flood.json"), os.path.join(work, "flood.cordon")
    count = int(option("--alerts", "100000"))
    write_log(log, count, option("--shape", "half"))
    console = subprocess.Popen([os.path.join(binaries, "cordon"), "--case", case, "--exercise", "from-log", "--theme", "dark", log],
                               env=environment, stderr=subprocess.DEVNULL)
    try:
        node = None
        while node is None:
            time.sleep(0.2)
            if console.poll() is not None:
                sys.exit(f"window_bench: the window ended with {console.returncode} before anything was measured")
            node = control()
        answers, slow, seen, begin, told = [], [], (0, 0), time.monotonic(), 0.0
        while time.monotonic() - begin < float(option("--seconds", "60")):
            start = time.monotonic()
            node.queryComponent().getExtents(0)
            answers.append((time.monotonic() - start) * 1000)
            if answers[-1] > 250:
                slow.append((start - begin, answers[-1]))
            time.sleep(0.005)
            if start - told > 2:
                seen, told = alerts_in(case), start
        print(f"{count} alerts written; after {time.monotonic() - begin:.0f} s the case has {seen[0]} alerts in {seen[1]} incidents")
        answers.sort()
        at = lambda share: answers[int(share * (len(answers) - 1))]
        print(f"{len(answers)} answers, ms: p50 {at(.5):.1f}  p99 {at(.99):.1f}  p99.9 {at(.999):.1f}  slowest {answers[-1]:.1f}")
        for when, took in slow[:20]:
            print(f"  after {when:.1f} s one took {took:.0f} ms")
    finally:
        console.terminate()
        console.wait()
        shutil.rmtree(work, ignore_errors=True)


def main():
    missing = [tool for tool in NEEDED if not shutil.which(tool)]
    try:
        import pyatspi  # noqa: F401
    except Exception:
        missing.append("python3-pyatspi")
    if missing:
        print("SKIPPED: this machine lacks", ", ".join(missing))
        sys.exit(77)
    if os.environ.get("CORDON_BENCH_INSIDE"):
        helpers = [subprocess.Popen([LAUNCHER, "--launch-immediately"], stderr=subprocess.DEVNULL),
                   subprocess.Popen(["openbox", "--sm-disable"], stderr=subprocess.DEVNULL)]
        time.sleep(1)
        measure(sys.argv[1])
        for helper in helpers:
            helper.terminate()
        return
    read_end, write_end = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
                              pass_fds=(write_end,), stderr=subprocess.DEVNULL)
    os.close(write_end)
    with os.fdopen(read_end) as told:
        display = told.readline().strip()
    try:
        environment = dict(os.environ, DISPLAY=":" + display, QT_QPA_PLATFORM="xcb", CORDON_BENCH_INSIDE="1",
                           QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", NO_AT_BRIDGE="0")
        environment.pop("WAYLAND_DISPLAY", None)
        sys.exit(subprocess.run(["dbus-run-session", "--", sys.executable] + sys.argv, env=environment).returncode)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
